// A kernel from its bytes or from a module that the platform compiled. fma.wat and extmul.wat say what they do.
import { decodeHex } from '../../codec.js'
import { SrpError } from '../../errors.js'

/** A compiled `WebAssembly.Module`; the ES2022 library has no name for it. */
export type WasmModule = object

/** The exports of a kernel; numbers are addresses in its memory but for `factor`, `index`, `count` and `size`. */
export interface Kernel {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  /** The bytes of a number's digits; to be set before anything else. */
  readonly size: { value: number }
  /** The bits of a digit, in extmul only; to be set, too. */
  readonly width?: { value: number }
  /** 1 if multiply-add is fused here; in fma only. */
  fused?(one: 1): number
  multiply(out: number, x: number, y: number): void
  square(out: number, x: number): void
  sum(out: number, x: number, y: number, factor: 1 | -1): void
  select(out: number, table: number, index: number, count: number, size: number): void
  read(out: number): void
  write(x: number): void
}

interface WebAssemblyApi {
  readonly Module: {
    new (code: Uint8Array): WasmModule
    exports(module: WasmModule): readonly { readonly name: string; readonly kind: string }[]
    imports(module: WasmModule): readonly unknown[]
  }
  readonly Instance: new (module: WasmModule) => { readonly exports: unknown }
  validate(code: Uint8Array): boolean
}

function webAssembly(): WebAssemblyApi {
  const { WebAssembly } = globalThis as { WebAssembly?: WebAssemblyApi }
  if (WebAssembly === undefined) throw new TypeError('there is no WebAssembly')
  return WebAssembly
}

/**
 * Compile the first kernel that runs here. A few kilobytes may be compiled on a page's main thread too.
 *
 * Each is validated first: that asks no policy's leave and throws no error where an instruction is unknown. So nothing is
 * compiled that is not used, but for fma on a processor without fused multiply-add.
 *
 * @param codes the kernels as hex, best first
 * @throws Error where there is no WebAssembly, none of them is valid, or a policy forbids compiling
 */
export function compileKernel(codes: readonly string[]): WasmModule {
  const { Module, validate } = webAssembly()
  for (const code of codes) {
    const bytes = decodeHex(code)
    if (!validate(bytes)) continue
    const module = new Module(bytes)
    if (runsHere(module)) return module
  }
  throw new TypeError('there is no SIMD')
}

/** Tell whether a kernel gives right results here: fma does so only on fused multiply-add. */
function runsHere(module: WasmModule): boolean {
  return instantiate(module).fused?.(1) !== 0
}

const FUNCTIONS = ['multiply', 'square', 'sum', 'select', 'read', 'write']
const isOwn = (special: string): string =>
  [special, 'memory memory', 'global size', ...FUNCTIONS.map((name) => `function ${name}`)].sort().join()

/**
 * Choose one of the kernels that a platform compiled.
 *
 * @throws TypeError if one is no module, or not ours
 * @throws SrpError `no-webassembly` if none of them runs here
 */
export function chooseKernel(modules: readonly unknown[]): WasmModule {
  const kernels = modules.map((module) => {
    if (Object.prototype.toString.call(module) !== '[object WebAssembly.Module]') {
      throw new TypeError('module: expected a WebAssembly.Module')
    }
    const { Module } = webAssembly()
    const exported = Module.exports(module as WasmModule).map(({ kind, name }) => `${kind} ${name}`)
    const kind = [FMA, EXTMUL].indexOf(exported.sort().join())
    if (kind < 0 || Module.imports(module as WasmModule).length > 0) {
      throw new TypeError('module: expected that of @srp6a/srp/modular.wasm or @srp6a/srp/modular-fma.wasm')
    }
    return { kind, module: module as WasmModule }
  })
  const chosen = kernels.sort((a, b) => a.kind - b.kind).find(({ module }) => runsHere(module))
  if (chosen) return chosen.module
  if (kernels.length === 0) throw new TypeError('module: expected a WebAssembly.Module')
  throw new SrpError(
    'no-webassembly',
    'multiply-add is not fused here: pass createWasmEngine the module of @srp6a/srp/modular.wasm too',
  )
}

/** Start a kernel, in a memory of its own. */
export function instantiate(module: WasmModule): Kernel {
  return new (webAssembly().Instance)(module).exports as Kernel
}

const FMA = /* @__PURE__ */ isOwn('function fused')
const EXTMUL = /* @__PURE__ */ isOwn('global width')
