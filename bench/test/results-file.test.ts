import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { compactJson, withoutRounds, writeResults } from '../src/results-file.js'
import { sampleResults } from './sample.js'

it('writes a row for what fits in a line, and the same value', () => {
  const value = { short: { a: 1, b: [true, null, 'x'] }, long: Array.from({ length: 90 }, (_, i) => `word ${i}`) }
  const text = compactJson(value)
  expect(text.split('\n')).toHaveLength(95)
  expect(text).toContain('\n "short": {"a":1,"b":[true,null,"x"]},\n')
  expect(JSON.parse(text)).toEqual(value)
  expect(compactJson({ whole: 123_456_789, fraction: 1.23456789 })).toBe('{"whole":123456789,"fraction":1.2346}')
})

it('keeps single rounds in raw/ and leaves them out of the summary', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'results-'))
  try {
    const results = sampleResults()
    const path = await writeResults(folder, 'bench.json', results, withoutRounds(results))
    expect(JSON.parse(await readFile(join(folder, 'raw', 'bench.json'), 'utf8'))).toEqual(results)
    const summary = JSON.parse(await readFile(path, 'utf8'))
    expect(summary.rounds).toBe(results.rounds)
    expect(summary.signIn.default).not.toHaveProperty('rounds')
    expect(summary.signIn.default.ms).toEqual(results.signIn?.default?.ms)
  } finally {
    await rm(folder, { recursive: true })
  }
})
