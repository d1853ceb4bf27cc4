export { jsbiEngine } from './engine/jsbi.js'
