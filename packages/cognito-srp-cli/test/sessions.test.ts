import { describe } from 'vitest'
import { atTerminal } from './in-process.js'
import { challengeScenarios } from './scenarios/challenges.js'
import { commandScenarios } from './scenarios/commands.js'
import { wayScenarios } from './scenarios/ways.js'

// What the pseudo-terminals of sessions.slow.test.ts have recorded comes again without processes.

describe('the recorded sessions', () => {
  challengeScenarios(atTerminal)
  commandScenarios(atTerminal)
  wayScenarios(atTerminal)
})
