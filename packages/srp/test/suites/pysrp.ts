// Python's srp in a child process, where there is one.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface Job {
  readonly backend: '_ctsrp' | '_pysrp'
  readonly rfc5054: boolean
  readonly noUsername?: boolean
  readonly hash: string
  readonly bits: number
  readonly username: string
  /** In hex, like all that follows. */
  readonly password: string
  readonly salt: string
  readonly a: string
  readonly b: string
  readonly A: string
  readonly B: string
  readonly M1: string
  readonly M2: string
}

export interface JobResult {
  readonly v: string
  readonly A: string
  readonly B: string
  readonly M1: string
  /** The server's proof; null if it does not accept M1. */
  readonly M2: string | null
  readonly clientAccepts: boolean
  readonly clientKey: string
  readonly serverKey: string
  readonly refused?: string
}

const CHECK =
  'import srp; srp.create_salted_verification_key; from importlib.metadata import version; print(version("srp"))'

/** The interpreter that has the module srp (pysrp), and the module's version. */
export function findPython(): { readonly command: string; readonly version: string } | undefined {
  for (const command of ['python3', '/usr/bin/python3']) {
    const { status, stdout } = spawnSync(command, ['-c', CHECK], { encoding: 'utf8' })
    if (status === 0) return { command, version: stdout.trim() }
  }
  return undefined
}

export function runJobs(command: string, jobs: readonly Job[]): JobResult[] {
  const script = fileURLToPath(new URL('pysrp-peer.py', import.meta.url))
  const { status, stdout, stderr } = spawnSync(command, [script], {
    input: JSON.stringify(jobs),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`)
  return JSON.parse(stdout)
}
