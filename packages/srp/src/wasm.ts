export { createWasmEngine, wasmEngine } from './engine/wasm.js'
