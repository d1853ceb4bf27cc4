// Runs after a package is packed: the source tree is as before.
import { removeStubs } from './stubs.mjs'

removeStubs(process.cwd())
