/**
 * The arithmetic on OpenSSL, for Node and Bun.
 * @module @srp6a/srp/node
 */
export { nodeEngine } from './engine/node.js'
