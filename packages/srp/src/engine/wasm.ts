import { SrpError } from '../errors.js'
import type { Engine } from './engine.js'
import { cachedEngine } from './group-arithmetic.js'
import { EXTMUL_CODE } from './wasm/extmul-code.js'
import { FMA_CODE } from './wasm/fma-code.js'
import { createWasmArithmetic } from './wasm/group-arithmetic.js'
import { chooseKernel, compileKernel, instantiate, type WasmModule } from './wasm/instance.js'

/** Compiles at the first call and never again, even if that fails: a policy that forbids it reports every attempt. */
function compileOnce(codes: () => readonly string[]): () => WasmModule {
  let made: WasmModule | undefined
  let reason: string | undefined
  return () => {
    if (made === undefined && reason === undefined) {
      try {
        made = compileKernel(codes())
      } catch (error) {
        reason = error instanceof Error ? ` (${error.message})` : ''
      }
    }
    if (made !== undefined) return made
    throw new SrpError(
      'no-webassembly',
      `WebAssembly with SIMD cannot be compiled here${reason}: leave the option engine out, which takes BigInt, or pass createWasmEngine the module compiled`,
    )
  }
}

const fastest = /* @__PURE__ */ compileOnce(() => [FMA_CODE, EXTMUL_CODE])
const integers = /* @__PURE__ */ compileOnce(() => [EXTMUL_CODE])

/**
 * Compute in WebAssembly with SIMD: the fastest engine, and the one whose memory is wiped and whose every multiplication
 * takes the same instructions. Node 16.4, Chrome 91, Firefox 89, Safari 16.4, Deno, Bun; not Hermes or QuickJS.
 *
 * Takes fused multiply-add where the runtime has relaxed SIMD and the processor fuses (Node 22, Chrome 114, Firefox 146,
 * Deno), and products of integers elsewhere.
 *
 * Compiles on its first use. A page whose Content-Security-Policy lacks `'wasm-unsafe-eval'`, and Cloudflare Workers,
 * allow no compiling: there, `group` throws, and so does whatever was given this engine. See `createWasmEngine`, and
 * `autoEngine` of `@srp6a/srp/auto`.
 *
 * @throws SrpError `no-webassembly`, on use, where it cannot be compiled
 */
export const wasmEngine: Engine = /* @__PURE__ */ cachedEngine('wasm', (parameters) =>
  createWasmArithmetic(fastest(), parameters),
)

/**
 * Compute in WebAssembly with SIMD as `wasmEngine` does, with instructions on integers alone: about half as fast, and the
 * choice of those who trust only the multiplications that Intel and Arm list as independent of their data.
 *
 * @throws SrpError `no-webassembly`, on use, where it cannot be compiled
 */
export const integerWasmEngine: Engine = /* @__PURE__ */ cachedEngine('wasm', (parameters) =>
  createWasmArithmetic(integers(), parameters),
)

/**
 * Return the kernel that `wasmEngine` runs on here: `fma` (fused multiply-add) or `extmul` (integers).
 *
 * @returns undefined where WebAssembly with SIMD cannot be compiled
 */
export function wasmKernel(): 'fma' | 'extmul' | undefined {
  try {
    return instantiate(fastest()).fused ? 'fma' : 'extmul'
  } catch {
    return undefined
  }
}

/**
 * Create an engine from modules that the platform compiled, as Cloudflare Workers do:
 *
 * ```ts
 * import fma from '@srp6a/srp/modular-fma.wasm'
 * import module from '@srp6a/srp/modular.wasm'
 * const engine = createWasmEngine(module, fma)
 * ```
 *
 * `modular.wasm` runs wherever there is SIMD. `modular-fma.wasm` is about twice as fast and needs relaxed SIMD: where
 * the platform refuses to compile that, leave it out. Both together take the faster one that runs.
 *
 * @param modules the `WebAssembly.Module` of `@srp6a/srp/modular.wasm`, of `@srp6a/srp/modular-fma.wasm`, or both
 * @returns the engine
 * @throws TypeError if one is another module, or none
 * @throws SrpError `no-webassembly` if `modular-fma.wasm` came alone and multiply-add is not fused here
 */
export function createWasmEngine(...modules: readonly [WasmModule, ...WasmModule[]]): Engine {
  const module = chooseKernel(modules)
  return cachedEngine('wasm', (parameters) => createWasmArithmetic(module, parameters))
}
