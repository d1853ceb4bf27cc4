import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createUserPool, serve } from 'cognito-user-pool-emulator'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { operations } from '../src/operations/index.js'
import { answers } from '../src/sign-in/answers/index.js'
import { flows } from '../src/sign-in/flows.js'
import { alice, testKey } from './support/pool.js'
import { passwordSignIn } from './support/sign-in.js'
import { post } from './support/wire.js'

const readme = readFileSync(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8')
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, code = '']) => code)

// Inside this folder, so that imports are found and TypeScript is compiled as for any other test.
const folder = mkdtempSync(fileURLToPath(new URL('.readme-', import.meta.url)))
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => vi.restoreAllMocks())

async function run(name: string, code: string): Promise<unknown[][]> {
  const file = join(folder, `${name}.ts`)
  writeFileSync(file, code)
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  await import(/* @vite-ignore */ file)
  return log.mock.calls
}

describe('the README', () => {
  it('has a test set-up that runs', async () => {
    const [code = ''] = blocks('ts')
    expect(await run('set-up', code)).toEqual([[undefined], [1]])
  })

  it('verifies tokens with CognitoJwtVerifier in three lines', async () => {
    const code = blocks('js').find((block) => block.includes('CognitoJwtVerifier')) ?? ''
    const [, issuer = ''] = /`"issuer": "([^"]+)"`/.exec(readme) ?? []
    const pool = createUserPool({
      clients: [{ clientId: 'web' }],
      users: [alice()],
      issuer,
      signingKey: await testKey(),
    })
    const server = await serve(pool)
    const call = (operation: string, body: unknown) => post(server.url, operation, body)
    const { body } = await passwordSignIn({ call } as never)
    const lines = [
      "import { CognitoJwtVerifier } from 'aws-jwt-verify'",
      `const accessToken = '${body.AuthenticationResult.AccessToken}'`,
      code.replace('http://127.0.0.1:9229', server.url),
      'console.log(claims.username)',
    ]
    expect(code.trim().split('\n')).toHaveLength(3)
    expect(await run('verifier', lines.join('\n'))).toEqual([['alice']])
    await server.close()
  })

  it('names every flow and challenge that there is', () => {
    for (const name of [...flows.keys(), ...answers.keys()]) {
      if (name !== 'REFRESH_TOKEN') expect(readme).toContain(name)
    }
    const [, played = ''] = /## What it plays([\s\S]*?)\nNot played/.exec(readme) ?? []
    expect(played).toContain('AdminCreateUser')
    for (const [, name = ''] of played.matchAll(
      /\b((?:Admin|Create|Confirm|Set|Get|List|Resend|Forgot|Revoke|Global|Delete)[A-Z]\w+)\b/g,
    )) {
      expect([...operations.keys()], name).toContain(name)
    }
  })
})
