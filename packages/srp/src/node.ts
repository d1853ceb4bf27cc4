export { nodeEngine } from './engine/node.js'
