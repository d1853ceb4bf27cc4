export { createWasmEngine, integerWasmEngine, wasmEngine, wasmKernel } from './engine/wasm.js'
