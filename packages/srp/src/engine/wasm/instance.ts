import { parseHex } from '../../codec.js'
import { SrpError } from '../../errors.js'
import { CODE } from './code.js'

/** A compiled `WebAssembly.Module`; the ES2022 library has no name for it. */
export type WasmModule = object

/** What the module exports; numbers are addresses in its memory but for `factor`, `index` and `count`. See columns.wat. */
export interface Kernel {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  /** The number of digits, a multiple of 16. */
  readonly n: { value: number }
  multiply(out: number, x: number, y: number): void
  square(out: number, x: number): void
  sum(out: number, x: number, y: number, factor: number): void
  select(out: number, table: number, index: number, count: number): void
  read(out: number): void
  write(x: number): void
}

interface WebAssemblyApi {
  readonly Module: {
    new (code: Uint8Array): WasmModule
    exports(module: WasmModule): readonly { readonly name: string }[]
  }
  readonly Instance: new (module: WasmModule) => { readonly exports: unknown }
}

let compiled: WasmModule | undefined

/**
 * The module from its bytes, once. A few kilobytes may be compiled on a page's main thread too.
 *
 * @throws SrpError `no-webassembly`
 */
export function compileKernel(): WasmModule {
  try {
    compiled ??= new (webAssembly().Module)(parseHex(CODE, 'CODE', CODE.length))
    return compiled
  } catch (error) {
    const reason = error instanceof Error ? ` (${error.message})` : ''
    throw new SrpError(
      'no-webassembly',
      `WebAssembly with SIMD cannot be compiled here${reason}: leave the option engine out, which takes BigInt, or pass createWasmEngine the module compiled`,
    )
  }
}

/** @throws TypeError if it is no module, or not ours */
export function assertKernelModule(module: unknown): asserts module is WasmModule {
  const isModule = Object.prototype.toString.call(module) === '[object WebAssembly.Module]'
  if (!isModule) throw new TypeError('module must be a WebAssembly.Module')
  const names = webAssembly()
    .Module.exports(module as WasmModule)
    .map(({ name }) => name)
  if (!names.includes('select')) throw new TypeError('module must be that of @srp6a/srp/modular.wasm')
}

/** The module in action, in a memory of its own. */
export function instantiate(module: WasmModule): Kernel {
  return new (webAssembly().Instance)(module).exports as Kernel
}

function webAssembly(): WebAssemblyApi {
  const { WebAssembly } = globalThis as { WebAssembly?: WebAssemblyApi }
  if (WebAssembly === undefined) throw new TypeError('there is no WebAssembly')
  return WebAssembly
}
