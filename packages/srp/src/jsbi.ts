/**
 * The arithmetic for engines without BigInt.
 * @module @srp6a/srp/jsbi
 */
export { jsbiEngine } from './engine/jsbi.js'
