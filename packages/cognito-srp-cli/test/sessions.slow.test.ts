import { describe } from 'vitest'
import { challengeScenarios } from './scenarios/challenges.js'
import { commandScenarios } from './scenarios/commands.js'
import { wayScenarios } from './scenarios/ways.js'
import { bundled } from './support.js'
import { inPseudoTerminal } from './transcript.js'

// The command line as a process in a pseudo-terminal, compared with the files of sessions/, which docs show.
// `vitest run packages/cognito-srp-cli/test/sessions.slow -u` records them again.

const driver = inPseudoTerminal(bundled({ sdk: true }))

describe('sessions in a pseudo-terminal', { timeout: 120_000 }, () => {
  challengeScenarios(driver)
  commandScenarios(driver)
  wayScenarios(driver)
})
