import { fileURLToPath } from 'node:url'
import type { UserPool } from 'cognito-user-pool-emulator'
import { expect } from 'vitest'
import { normalised } from './normalise.js'
import { ALICE } from './pool.js'
import { record } from './recorder.js'
import type { Driver, Recording, User } from './screen.js'
import { emptyHome } from './support.js'

const folder = fileURLToPath(new URL('sessions/', import.meta.url))

/** The user of the sessions. */
export const user = { ...ALICE, username: 'alice', sub: '3f2a1b0c-0d4e-4c5f-8a6b-7c8d9e0f1a2b' }

/** The newest code that was sent. */
export const sentCode = (pool: UserPool): string => pool.outbox.last()?.code ?? ''

/** Return the emulator's record of its only user. */
export const userOf = (pool: UserPool) =>
  (pool.snapshot().pools[0]?.users as [string, { mfa: unknown; devices: unknown }][] | undefined)?.[0]?.[1]

/** Types the password, which must not show. */
export async function password(user: User, value: string = ALICE.password): Promise<void> {
  await user.sees('Password: ')
  user.types(value, { hidden: true })
}

/** Run a file of the command line in a pseudo-terminal of the system's. */
export const inPseudoTerminal =
  (cli: { readonly file: string }): Driver =>
  (args, options, play) =>
    record(process.execPath, [cli.file, ...args], options, play)

/** Run several commands in one home, and compare their transcript with the recorded one. */
export async function terminal(driver: Driver, variables: Readonly<Record<string, string>> = {}) {
  const { home, env } = emptyHome()
  let transcript = ''
  const run = async (
    args: readonly string[],
    play?: (user: User) => Promise<void>,
    columns?: number,
  ): Promise<Recording> => {
    const options = { env: { ...env, ...variables, NO_COLOR: '1' }, cwd: home, ...(columns && { columns }) }
    const recording = await driver(args, options, play)
    transcript += `$ cognito-srp ${args.map((arg) => (/\s/.test(arg) ? `'${arg}'` : arg)).join(' ')}\n${recording.text}`
    if (recording.code !== 0) transcript += `(exit code ${recording.code})\n`
    transcript += '\n'
    return recording
  }
  const matches = async (name: string, more: Readonly<Record<string, string>> = {}) => {
    await expect(normalised(transcript, { ...more, [home]: '~' })).toMatchFileSnapshot(`${folder}${name}.txt`)
  }
  return { run, matches, home, env }
}
