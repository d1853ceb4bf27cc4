import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createUserPool, serve, type UserPoolOptions } from 'cognito-user-pool-emulator'
import { build } from 'esbuild'
import { type Ended, runProgram } from 'srp6a-tools/workspace/program.mjs'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { CLIENT_ID, POOL_ID, SIGNING_KEY } from './pool.js'

/** Build the command line of the sources as one file, once for a test file; the AWS SDK lies beside it, or is absent as it may be. */
export function bundled({ sdk = false } = {}): { readonly file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'cli-'))
  const file = join(folder, 'main.mjs')
  const ours = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
  beforeAll(async () => {
    if (sdk) {
      mkdirSync(join(folder, 'node_modules'))
      symlinkSync(ours('node_modules/@aws-sdk'), join(folder, 'node_modules/@aws-sdk'))
    }
    await build({
      entryPoints: [ours('src/main.ts')],
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      tsconfig: ours('tsconfig.json'),
      external: ['@aws-sdk/*'],
      bundle: true,
      splitting: true,
      platform: 'node',
      format: 'esm',
    })
  })
  afterAll(() => rmSync(folder, { recursive: true }))
  return { file }
}

/** A home of its own, with nothing in it. */
export function emptyHome(): { readonly home: string; readonly env: Record<string, string> } {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'home-')))
  onTestFinished(() => rmSync(home, { recursive: true }))
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    XDG_STATE_HOME: join(home, 'state'),
    TERM: 'xterm',
    TZ: 'UTC',
  }
  return { home, env }
}

/** Random bytes that are the same each time, so that codes, secrets and device keys are. */
export function repeatable(): (length: number) => Uint8Array {
  let count = 0
  return (length) => {
    const blocks = Array.from({ length: Math.ceil(length / 32) }, () =>
      createHash('sha256').update(String(count++)).digest(),
    )
    return Uint8Array.from(Buffer.concat(blocks).subarray(0, length))
  }
}

/** An emulated pool that repeats itself, and the options that lead to it. */
export async function emulator(options: Partial<UserPoolOptions> = {}) {
  const clients = [{ clientId: CLIENT_ID }]
  const pool = createUserPool({ id: POOL_ID, clients, signingKey: SIGNING_KEY, random: repeatable(), ...options })
  const server = await serve(pool)
  onTestFinished(() => server.close())
  const where = ['-p', POOL_ID, '-c', CLIENT_ID, '--endpoint', server.url]
  return { pool, server, where }
}

/** One run with pipes, and so without a person to ask: a session of its own, for a terminal of the tester's is not ours. */
export const piped = (
  file: string,
  args: readonly string[],
  { env, cwd, stdin = '' }: { env: Record<string, string>; cwd?: string; stdin?: string },
): Promise<Ended> => runProgram(process.execPath, [file, ...args], { env, cwd: cwd ?? env.HOME, detached: true, stdin })
