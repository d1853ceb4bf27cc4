/**
 * The engine in WebAssembly with SIMD.
 * @module @srp6a/srp/wasm
 */
export { createWasmEngine, integerWasmEngine, wasmEngine, wasmKernel } from './engine/wasm.js'
