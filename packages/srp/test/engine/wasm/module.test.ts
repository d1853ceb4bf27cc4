// The modules themselves: made from their sources, uniform by its text, and refused clearly where it cannot run.
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
import { instantiate, type WasmModule } from '../../../src/engine/wasm/instance.js'
import { outcome } from '../../support/codes.js'
import { codes, kernels } from '../../support/kernels.js'
import { secretFlows } from '../../support/wat.js'

const path = (file: string) => fileURLToPath(new URL(`../../../../../${file}`, import.meta.url))
const texts = Object.keys(codes).map(
  (name) => [name, readFileSync(path(`packages/srp/src/engine/wasm/${name}.wat`), 'utf8')] as const,
)

// The types of Node 20 know no WebAssembly.
type Module = (new (bytes: Uint8Array) => object) & { exports(module: object): { kind: string; name: string }[] }
const { WebAssembly } = globalThis as unknown as { WebAssembly: { Module: Module; CompileError: ErrorConstructor } }

it('is what its source makes', async () => {
  const script = path('tools/workspace/build-wasm.mjs')
  expect(await promisify(execFile)(process.execPath, [script, '--check'])).toEqual({ stdout: '', stderr: '' })
})

describe.each(texts)(
  '%s: no address, branch or select depends on what is in memory, or on the index of a table',
  (name, text) => {
    const SECRETS = ['select $index', name === 'fma' ? '$settle $mask' : '$settle $keep']

    it('by the text of the module', () => {
      const { violations, checked } = secretFlows(text, SECRETS)
      expect(violations).toEqual([])
      expect(checked).toBe(name === 'fma' ? 71 : 83)
    })

    it.each(
      [
        // The entry looked up directly.
        ['(local.set $entry (local.get $table))', '(local.set $entry (i32.add (local.get $table) (local.get $index)))'],
        // A row of zeros left out.
        [
          '(local.set $s (v128.load64_splat (local.get $start)))',
          '(br_if $row (i64x2.all_true (local.tee $s (v128.load64_splat (local.get $start)))))',
        ],
        [
          '(local.set $s (v128.load32_splat (local.get $start)))',
          '(br_if $row (i64x2.all_true (local.tee $s (v128.load32_splat (local.get $start)))))',
        ],
        // N taken only where it must be, by a select: a branch on some machines.
        [
          '(i64.and (call $integer (i32.add (local.get $i) (i32.const 0x20))) (local.get $mask))',
          '(select (call $integer (i32.add (local.get $i) (i32.const 0x20))) (i64.const 0) (i32.wrap_i64 (local.get $mask)))',
        ],
        [
          '(i64.and (i64.load32_u offset=0x20 (local.get $i)) (local.get $keep))',
          '(select (i64.load32_u offset=0x20 (local.get $i)) (i64.const 0) (i32.wrap_i64 (local.get $keep)))',
        ],
        // A carry that is skipped when there is none.
        [
          '(drop (call $carry (i32.const 0x3800) (i32.const 0x1820) (i64.const 0)))',
          '(if (i32.wrap_i64 (call $carry (i32.const 0x3800) (i32.const 0x1820) (i64.const 0))) (then))',
        ],
        // Another instruction of doubles.
        ['(f64x2.sub (local.get $c12) (local.get $h))', '(f64x2.div (local.get $c12) (local.get $h))'],
        [
          '(call $settle (local.get $x) (i64.const 0))',
          '(i64.load (i32.wrap_i64 (call $settle (local.get $x) (i64.const 0))))',
        ],
      ].filter(([part = '']) => text.includes(part)),
    )('which would show if %s were otherwise', (part, leak) => {
      expect(text).toContain(part)
      expect(secretFlows(text.replace(part, leak), SECRETS).violations).not.toEqual([])
    })
  },
)

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
    // Anyone who chose no engine does not notice.
    expect(outcome(() => startClient(suites.rfc5054))).toBe('none')
  })

  it('by a context that may not compile, as of V8 itself', () => {
    const context = vm.createContext(
      { bytes: Uint8Array.from(Buffer.from(codes.extmul, 'hex')) },
      { codeGeneration: { wasm: false } },
    )
    expect(() => vm.runInContext('new WebAssembly.Module(bytes)', context)).toThrow(/disallowed/)
  })
})

describe('the kernel', () => {
  it('is fused multiply-add where the runtime has it, and integers when asked for', async () => {
    // The choice is made once, and another file may have made it before this one allowed relaxed SIMD.
    vi.resetModules()
    const { wasmKernel, wasmEngine, integerWasmEngine } = await import('../../../src/wasm.js')
    expect(wasmKernel()).toBe(kernels[0]?.[0])
    const exponent = new Uint8Array(32).fill(0x5c)
    for (const engine of [wasmEngine, integerWasmEngine]) {
      expect(engine.name).toBe('wasm')
      expect(engine.group(cognitoGroup).power(exponent)).toEqual(bigintEngine.group(cognitoGroup).power(exponent))
    }
  })

  it('of doubles says whether multiply-add is fused', () => {
    for (const [name, module] of kernels) expect(instantiate(module).fused?.(1)).toBe(name === 'fma' ? 1 : undefined)
  })
})

describe('createWasmEngine', () => {
  const exponent = new Uint8Array(32).fill(0x5c)
  const module = new WebAssembly.Module(Buffer.from(codes.extmul, 'hex'))

  it.each(kernels)('takes %s that someone else compiled, of another realm too', (name, ours) => {
    const bytes = Buffer.from(codes[name as keyof typeof codes], 'hex')
    const foreign: WasmModule = vm.runInNewContext('new WebAssembly.Module(bytes)', { bytes })
    for (const given of [[ours], [foreign], [module, foreign], [foreign, module]] as [object, ...object[]][]) {
      const engine = createWasmEngine(...given)
      expect(engine.name).toBe('wasm')
      expect(engine.group(cognitoGroup)).toBe(engine.group(cognitoGroup))
      expect(engine.group(cognitoGroup).power(exponent)).toEqual(bigintEngine.group(cognitoGroup).power(exponent))
    }
  })

  it('takes integers where multiply-add is not fused, and says so where it has no choice', async () => {
    const [fma] = kernels
    if (fma?.[0] !== 'fma') return console.warn('not checked: this runtime has no relaxed SIMD')
    const unfused = Object.assign(Object.create(null), WebAssembly, {
      Module: WebAssembly.Module,
      Instance: function Instance(given: object) {
        const { exports } = new (
          WebAssembly as unknown as { Instance: new (m: object) => { exports: object } }
        ).Instance(given)
        return { exports: 'fused' in exports ? { ...exports, fused: () => 0 } : exports }
      },
    })
    vi.resetModules()
    const fresh = await import('../../../src/wasm.js')
    vi.stubGlobal('WebAssembly', { ...unfused, validate: () => true })
    try {
      expect(() => fresh.createWasmEngine(fma[1])).toThrow(expect.objectContaining({ code: 'no-webassembly' }))
      expect(fresh.wasmKernel()).toBe('extmul')
      const engine = fresh.createWasmEngine(fma[1], module)
      expect(engine.group(cognitoGroup).power(exponent)).toEqual(bigintEngine.group(cognitoGroup).power(exponent))
    } finally {
      vi.unstubAllGlobals()
    }
  })

  // Exports "select", as the module did that was taken for ours once.
  const impostor = '0061736d0100000001040160000003020100070a010673656c65637400000a040102000b'
  it.each([
    ['undefined', undefined],
    ['bytes', Buffer.from(codes.extmul, 'hex')],
    ['an empty module', new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))],
    ['a module that exports a function of ours', new WebAssembly.Module(Buffer.from(impostor, 'hex'))],
  ])('refuses %s', (_, given) => {
    expect(() => createWasmEngine(given as object)).toThrow(TypeError)
    expect(() => createWasmEngine(given as object)).toThrow(/^module: expected /)
    expect(() => createWasmEngine(module, given as object)).toThrow(/^module: expected /)
  })

  it('wants one', () => {
    expect(() => (createWasmEngine as () => unknown)()).toThrow('module: expected a WebAssembly.Module')
  })

  it('keeps groups apart, each in a memory of its own', () => {
    const [one, two] = [suites.rfc5054.group, cognitoGroup].map((group) => wasmEngine.group(group))
    const exponent = new Uint8Array(20).fill(3)
    const first = one?.power(exponent)
    two?.power(exponent)
    expect(one?.power(exponent)).toEqual(first)
  })
})
