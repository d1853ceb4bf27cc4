import { describe } from 'vitest'
import { atTerminal } from './in-process.js'
import { challengeScenarios } from './scenarios/challenges.js'
import { commandScenarios } from './scenarios/commands.js'
import { wayScenarios } from './scenarios/ways.js'

// The recordings of sessions.slow.test.ts, compared again without processes or pseudo-terminals.

describe('the recorded sessions', () => {
  challengeScenarios(atTerminal)
  commandScenarios(atTerminal)
  wayScenarios(atTerminal)
})
