// Run for each test file: what its helpers have opened ends with it.
import { afterAll } from 'vitest'
import { closeOpened } from './closing.js'

afterAll(closeOpened)
