import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const run = promisify(execFile)

const EXPECTED: Readonly<Record<string, RegExp>> = {
  'aws-initiate-auth-password.ts': /^Signed in; the access token is good for 3600 seconds\.$/m,
  'aws-admin-user-password-mfa-setup.ts':
    /^For the QR code: otpauth:\/\/totp\/Example%20App:testuser[\s\S]*^Signed in/m,
  'aws-admin-software-token-mfa.ts': /^Signed in/m,
  'aws-tracked-device.ts':
    /^Second sign-in: InitiateAuth, DEVICE_SRP_AUTH, DEVICE_PASSWORD_VERIFIER\nThe device is known\.$/m,
}

describe("AWS's own examples, redone", () => {
  it('are all here', () => {
    const found = readdirSync(`${root}/examples`).filter((name) => name.startsWith('aws-'))
    expect(found.sort()).toEqual(Object.keys(EXPECTED).sort())
  })

  it.each(Object.entries(EXPECTED))('%s runs and ends by itself', async (name, output) => {
    const options = { cwd: root, timeout: 25_000 }
    const { stdout } = await run(process.execPath, ['--import', 'tsx', `examples/${name}`], options)
    expect(stdout).toMatch(output)
  })
})
