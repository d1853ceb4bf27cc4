// The emulator over HTTP for programs of others, and those programs run to their end.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createUserPool, serve, type UserPoolOptions } from 'cognito-user-pool-emulator'
import { type Ended, runProgram } from 'srp6a-tools/workspace/program.mjs'

export const folder: string = fileURLToPath(new URL('..', import.meta.url))

/** Debian's own interpreter, whose boto3 comes as a package; another Python may lack it. */
export const PYTHON = '/usr/bin/python3'
/** Debian's own program, likewise. */
export const AWS = '/usr/bin/aws'

/** Say why a program cannot be run here, or return undefined where it can. */
export function missing(program: 'boto3' | 'aws'): string | undefined {
  if (program === 'boto3') {
    const { status } = spawnSync(PYTHON, ['-c', 'import boto3'])
    return status === 0 ? undefined : 'boto3 is not installed: apt-get install python3-boto3'
  }
  const { status } = spawnSync(AWS, ['--version'])
  return status === 0 ? undefined : 'the AWS CLI is not installed: apt-get install awscli python3'
}

/** The pool that the scenario needs: a second factor for everybody, and devices that the user is asked about. */
export const scenarioPool = (clientSecret?: string): UserPoolOptions => ({
  id: 'us-east-1_Scenario1',
  clients: [{ clientId: '1example23456789', ...(clientSecret && { clientSecret }) }],
  // The scenario is quicker than a code lasts.
  mfa: { mode: 'ON', methods: ['SOFTWARE_TOKEN_MFA'], allowTotpReuse: true },
  deviceTracking: { mode: 'opt-in', skipsMfa: true },
})

/** Run a program beside a user pool of its own, and give back what it printed. */
export async function against(
  options: UserPoolOptions,
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const pool = createUserPool(options)
  const server = await serve(pool)
  const [client] = options.clients
  try {
    return await runProgram(command, args, {
      cwd: folder,
      env: {
        PATH: process.env.PATH ?? '',
        HOME: folder,
        LANG: 'C.UTF-8',
        PYTHONDONTWRITEBYTECODE: '1',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_EC2_METADATA_DISABLED: 'true',
        ENDPOINT: server.url.replace(/\/$/, ''),
        POOL_ID: pool.id,
        CLIENT_ID: client?.clientId ?? '',
        ...(client?.clientSecret && { CLIENT_SECRET: client.clientSecret }),
        ...env,
      },
    })
  } finally {
    await server.close()
  }
}

/** A session as it was recorded, with what differs from run to run left out. */
export const recorded = (name: string): string =>
  readFileSync(new URL(`../recorded/${name}.txt`, import.meta.url), 'utf8')
