import { bigintEngine } from './bigint.js'
import type { Engine, GroupArithmetic, GroupParameters } from './engine.js'
import { cachedEngine } from './group-arithmetic.js'
import { wasmEngine } from './wasm.js'

function group(parameters: GroupParameters): GroupArithmetic {
  try {
    return wasmEngine.group(parameters)
  } catch {
    return bigintEngine.group(parameters)
  }
}

/**
 * Compute with WebAssembly where it can be compiled, and with BigInt elsewhere: under a Content-Security-Policy without
 * `'wasm-unsafe-eval'`, on platforms that compile while they deploy, in Hermes and QuickJS. It never throws for that reason.
 *
 * Compiles at most once, on its first use, and only what validates. A policy that forbids compiling may report that one
 * attempt; who wants none leaves the option `engine` out, which takes BigInt.
 */
export const autoEngine: Engine = /* @__PURE__ */ cachedEngine('auto', group)
