import { describe, expect, it } from 'vitest'
import { ALICE } from './pool.js'
import { bundled, emptyHome, emulator, piped } from './support.js'

// The bundle lies in a folder without node_modules, as a command lies that was installed without the SDK.
const cli = bundled()

describe('without the AWS SDK', () => {
  it.each(['sign-in', 'initiate'])(
    '%s --admin says how to install it, and asks for nothing before',
    async (command) => {
      const { where } = await emulator({ users: [{ ...ALICE, username: 'alice' }] })
      const { env } = emptyHome()
      const credentials = {
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        COGNITO_PASSWORD: ALICE.password,
      }
      const { code, stdout, stderr } = await piped(cli.file, [command, 'alice', '--admin', ...where], {
        env: { ...env, ...credentials },
      })
      expect(stderr).toBe(
        'cognito-srp: --admin needs the AWS SDK, which is not installed.\n' +
          '  Install it beside this command: npm install @aws-sdk/client-cognito-identity-provider\n' +
          '  Installed globally: npm install -g @aws-sdk/client-cognito-identity-provider\n',
      )
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    },
  )

  it('every other command does without', async () => {
    const { where } = await emulator({ users: [{ ...ALICE, username: 'alice' }] })
    const { env } = emptyHome()
    const args = ['sign-in', 'alice', ...where, '--token', 'id']
    const { code, stdout } = await piped(cli.file, args, { env: { ...env, COGNITO_PASSWORD: ALICE.password } })
    expect(stdout).toMatch(/^eyJ/)
    expect(code).toBe(0)
  })
})
