// The module itself: made from its source, uniform by its text, and refused clearly where it cannot run.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import vm from 'node:vm'
import { startClient, suites } from '@srp6a/srp'
import { createWasmEngine, wasmEngine } from '@srp6a/srp/wasm'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { cognitoGroup } from '../../../src/cognito/group.js'
import { bigintEngine } from '../../../src/engine/bigint.js'
import { CODE } from '../../../src/engine/wasm/code.js'
import { outcome } from '../../support/codes.js'
import { secretFlows } from '../../support/wat.js'

const path = (file: string) => fileURLToPath(new URL(`../../../../../${file}`, import.meta.url))
const text = ['columns.wat', 'modular.wat']
  .map((name) => readFileSync(path(`packages/srp/src/engine/wasm/${name}`), 'utf8'))
  .join('\n')

// The types of Node 20 know no WebAssembly.
type Module = new (bytes: Uint8Array) => object
const { WebAssembly } = globalThis as unknown as { WebAssembly: { Module: Module; CompileError: ErrorConstructor } }

it('is what its source makes', async () => {
  const script = path('tools/workspace/build-wasm.mjs')
  expect(await promisify(execFile)(process.execPath, [script, '--check'])).toEqual({ stdout: '', stderr: '' })
})

describe('no address, branch or select depends on what is in memory, or on the index of a table', () => {
  const SECRETS = ['select $index', '$settle $mask']

  it('by the text of the module', () => {
    const { violations, checked } = secretFlows(text, SECRETS)
    expect(violations).toEqual([])
    expect(checked).toBe(99)
  })

  it.each([
    // The entry looked up directly.
    ['(local.set $entry (local.get $table))', '(local.set $entry (i32.add (local.get $table) (local.get $index)))'],
    // A carry that is skipped when there is none.
    [
      '(drop (call $carry (i32.const 0x6000) (i32.const 0xb000) (i32.const 0)))',
      '(if (call $carry (i32.const 0x6000) (i32.const 0xb000) (i32.const 0)) (then))',
    ],
    // N added only to what is negative, by a select: a branch on some machines.
    [
      '(i32.and (i32.load16_s (local.get $i)) (local.get $mask))',
      '(select (i32.load16_s (local.get $i)) (i32.const 0) (local.get $mask))',
    ],
    // A loop as long as a number.
    [
      '(br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 32))) (local.get $end)))',
      '(br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 32))) (i32.load (local.get $end))))',
    ],
    [
      '(i32.shr_s (call $column (i32.const 3)) (i32.const 14))',
      '(i32.div_s (call $column (i32.const 3)) (i32.const 2))',
    ],
  ])('which would show if %s were otherwise', (part, leak) => {
    expect(text.split(part)).toHaveLength(2)
    expect(secretFlows(text.replace(part, leak), SECRETS).violations).not.toEqual([])
  })
})

describe('where WebAssembly is refused', () => {
  afterEach(() => void vi.unstubAllGlobals())
  const begin = () => startClient(suites.rfc5054, { engine: createFresh() })
  let createFresh = () => wasmEngine

  it.each([
    ['there is none', undefined],
    [
      'a policy forbids compiling',
      {
        ...WebAssembly,
        Module: class {
          constructor() {
            throw new WebAssembly.CompileError('blocked by CSP')
          }
        },
      },
    ],
  ])('because %s, the error says what to do', async (_, WebAssemblyThere) => {
    vi.resetModules()
    createFresh = () => fresh.wasmEngine
    const fresh = await import('../../../src/wasm.js')
    vi.stubGlobal('WebAssembly', WebAssemblyThere)
    expect(begin).toThrow(/WebAssembly with SIMD cannot be compiled here \(.+\): leave the option engine out/)
    expect(begin).toThrow(expect.objectContaining({ code: 'no-webassembly', name: 'SrpError' }))
    // Whoever chose no engine does not notice.
    expect(outcome(() => startClient(suites.rfc5054))).toBe('none')
  })

  it('by a context that may not compile, as of V8 itself', () => {
    const context = vm.createContext(
      { bytes: Uint8Array.from(Buffer.from(CODE, 'hex')) },
      { codeGeneration: { wasm: false } },
    )
    expect(() => vm.runInContext('new WebAssembly.Module(bytes)', context)).toThrow(/disallowed/)
  })
})

describe('createWasmEngine', () => {
  const module = new WebAssembly.Module(Buffer.from(CODE, 'hex'))

  it('takes a module that somebody else compiled, of another realm too', () => {
    const foreign = vm.runInNewContext('new WebAssembly.Module(bytes)', { bytes: Buffer.from(CODE, 'hex') })
    for (const given of [module, foreign]) {
      const engine = createWasmEngine(given)
      expect(engine.name).toBe('wasm')
      expect(engine.group(cognitoGroup)).toBe(engine.group(cognitoGroup))
      const exponent = new Uint8Array(32).fill(0x5c)
      expect(engine.group(cognitoGroup).power(exponent)).toEqual(bigintEngine.group(cognitoGroup).power(exponent))
    }
  })

  it.each([
    ['undefined', undefined],
    ['bytes', Buffer.from(CODE, 'hex')],
    ['another module', new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))],
  ])('refuses %s', (_, given) => {
    expect(() => createWasmEngine(given as object)).toThrow(TypeError)
    expect(() => createWasmEngine(given as object)).toThrow(/^module must be/)
  })

  it('keeps groups apart, each in a memory of its own', () => {
    const [one, two] = [suites.rfc5054.group, cognitoGroup].map((group) => wasmEngine.group(group))
    const exponent = new Uint8Array(20).fill(3)
    const first = one?.power(exponent)
    two?.power(exponent)
    expect(one?.power(exponent)).toEqual(first)
  })
})
