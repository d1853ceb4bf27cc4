// Both kernels, each compiled. Node 20 knows relaxed SIMD behind a flag of V8, which may be set while it runs.
import { setFlagsFromString } from 'node:v8'
import { EXTMUL_CODE } from '../../src/engine/wasm/extmul-code.js'
import { FMA_CODE } from '../../src/engine/wasm/fma-code.js'
import { compileKernel, type WasmModule } from '../../src/engine/wasm/instance.js'

if (process.version.startsWith('v20.')) setFlagsFromString('--experimental-wasm-relaxed-simd')

export const codes: Readonly<Record<'fma' | 'extmul', string>> = { fma: FMA_CODE, extmul: EXTMUL_CODE }

/** Kernels that run here, by name. The reason is printed for one that does not. */
export const kernels: readonly (readonly [string, WasmModule])[] = Object.entries(codes).flatMap(([name, code]) => {
  try {
    return [[name, compileKernel([code])] as const]
  } catch (error) {
    console.warn(`the kernel ${name} is left out, for it does not run here: ${error}`)
    return []
  }
})
