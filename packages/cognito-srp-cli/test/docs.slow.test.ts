import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ALICE, CLIENT_ID } from './pool.js'
import { record } from './recorder.js'
import { bundled, emptyHome, emulator } from './support.js'

// Every command that docs/cli*.md and the README.md of the package show, in a folder with the files they show.

const cli = bundled()
const password = ALICE.password

/** Blocks of a language, after what stands on the same line. */
const blocks = (file: string, language: string): string[] => {
  const text = readFileSync(fileURLToPath(new URL(`../../../${file}`, import.meta.url)), 'utf8')
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, code = '']) => code)
}
const [config = ''] = blocks('docs/cli.md', 'json cognito.json')
const commands = [
  ...['cli', 'cli-challenges', 'cli-scripts', 'cli-admin', 'cli-options'].map((name) => `docs/${name}.md`),
  'README.md',
  'packages/cognito-srp-flows/README.md',
  'packages/cognito-srp-cli/README.md',
]
  .flatMap((file) => blocks(file, 'sh'))
  .flatMap((block) => block.trimEnd().split('\n'))
  .filter((line) => /\bcognito-srp(-cli)? [a-z]/.test(line))

describe('the commands of the documents', { timeout: 60_000 }, () => {
  it('are there', () => {
    expect(commands.length).toBeGreaterThan(7)
    expect(Object.keys(JSON.parse(config).profiles)).toEqual(['local', 'staging'])
  })

  it.each([...new Set(commands)])('%s', async (command) => {
    const users = [{ username: 'ada', password, attributes: { email: 'ada@example.com' } }]
    const { server } = await emulator({ users, clients: [{ clientId: CLIENT_ID }] })
    const { env, home } = emptyHome()
    writeFileSync(join(home, 'cognito.json'), config)
    // Stand-ins for the programs beside ours: npx as if installed, a password manager, and curl without a network.
    const bin = join(home, 'bin')
    mkdirSync(bin)
    const programs = {
      npx: `[ "$1" = cognito-srp-cli ] && shift && exec "${process.execPath}" "${cli.file}" "$@"`,
      'cognito-srp': `exec "${process.execPath}" "${cli.file}" "$@"`,
      pass: `[ "$*" = "show work" ] && echo '${password}'`,
      curl: 'for argument; do echo "curl: $argument"; done',
    }
    for (const [name, script] of Object.entries(programs)) {
      writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`)
      chmodSync(join(bin, name), 0o755)
    }
    const asks = !/--password-stdin|help$/.test(command)
    const more = { ...env, PATH: `${bin}:${env.PATH}`, COGNITO_ENDPOINT: server.url }
    const script = `${command}\necho "exit code $?"; echo "\${COGNITO_ID_TOKEN:+a token}"`
    const { text } = await record('sh', ['-c', script], { env: more, cwd: home }, async (user) => {
      if (!asks) return
      await user.sees('Password: ')
      user.types(password, { hidden: true })
    })
    expect(text).toContain('exit code 0')
    expect(text).toMatch(EXPECTED.find(([part]) => command.includes(part))?.[1] ?? /./)
  })
})

/** Texts that a command must print besides. */
const EXPECTED: readonly (readonly [string, RegExp])[] = [
  ['curl', /^curl: Authorization: Bearer eyJ[\w.-]+\ncurl: https:\/\/api\.example\.com\/$/m],
  ['eval', /^a token$/m],
  ['--token', /^eyJ[\w.-]+$/m],
  ['--json', /^ {2}"username": "ada"/m],
  ['help', /^Commands:$/m],
  ['sign-in', /^Signed in as ada@example\.com \(ada\)\.$/m],
]
