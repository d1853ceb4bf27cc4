import { describe, expect, it } from 'vitest'
import { runtimeFigures, sizeFigures } from '../src/repository-figures.js'

describe('sizeFigures', () => {
  it('puts the smallest first, ours in bold, others with their version', () => {
    const sizes = [
      { name: 'theirs: all', version: '1.2.3', covers: 'everything', bytes: 53_202, brotli: 45_449, vite: 52_575 },
      { name: '@ours/one: signIn', covers: 'a sign-in', bytes: 7529, brotli: 6_558, vite: 7_226 },
    ]
    const found = sizeFigures({ schema: 1, sizes })
    expect(found.get('sizes.table')?.split('\n')).toEqual([
      '| what an app imports | what it covers | esbuild, gzip | esbuild, brotli | Vite, gzip |',
      '| --- | ---: | ---: | ---: | ---: |',
      '| **@ours/one: signIn** | a sign-in | 7.53 kB | 6.56 kB | 7.23 kB |',
      '| theirs: all (1.2.3) | everything | 53.2 kB | 45.4 kB | 52.6 kB |',
    ])
    expect(found.get('size.ours-one-signIn')).toBe('8 kB')
    expect(found.get('size.theirs-all')).toBe('53 kB')
  })
})

describe('runtimeFigures', () => {
  const machine = { cpu: 'a processor', cores: 2, platform: 'linux' }
  const found = runtimeFigures({
    machine,
    runtimes: [
      {
        name: 'node',
        version: '20',
        passed: 9,
        failed: [],
        skipped: { 'no x': ['a', 'b'] },
        signInMs: 7,
        signInWasmMs: 4.5,
      },
      {
        name: 'jsc',
        about: 'shell',
        version: '2',
        passed: 7,
        failed: [{ name: 't', error: 'e' }],
        skipped: { 'no x': ['a'], 'no y': ['c'] },
        signInMs: 8.5,
      },
    ],
  })
  it('hides no failure', () => {
    expect(found.get('runtimes.table')?.split('\n').slice(2)).toEqual([
      '| node | 20 | 9 | 0 | 2 | 7 ms | 4.5 ms |',
      '| jsc (shell) | 2 | 7 | 1: t, e | 2 | 8.5 ms |  |',
    ])
  })
  it('gives the reason for each case that was skipped, once', () => {
    expect(found.get('runtimes.skipped')?.split('\n').slice(2)).toEqual(['| no x | all | 2 |', '| no y | jsc | 1 |'])
  })
  it('names what is missing', () => {
    const runtimes = [{ name: 'bun', missing: 'not installed' }]
    expect(runtimeFigures({ machine, runtimes }).get('runtimes.table')).toContain(
      '| bun |  | missing: not installed | 0 | 0 |  |',
    )
  })
})
