/** The `WebAssembly.Module` that the platform compiled of this file: for `createWasmEngine`. */
declare const module: object
export default module
