// Writes docs/emulator-operations.md: tsx packages/user-pool-emulator/model/write-operations.ts
import { writeFileSync } from 'node:fs'
import { operationsPage } from './operations-page.js'

writeFileSync(new URL('../../../docs/emulator-operations.md', import.meta.url), operationsPage())
