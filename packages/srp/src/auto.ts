/**
 * The engine for those who do not know where their program will run: WebAssembly or BigInt.
 * @module @srp6a/srp/auto
 */
export { autoEngine } from './engine/auto.js'
