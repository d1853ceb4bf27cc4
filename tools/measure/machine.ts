// The machine of a measurement: without it a time says little.
import { execFileSync } from 'node:child_process'
import { cpus, loadavg, release, totalmem } from 'node:os'

export interface Machine {
  cpu: string
  cores: number
  memoryGiB: number
  platform: string
  /** One-minute load average when the run began; the run itself adds one. */
  loadBefore: number
}

export function describeMachine(): Machine {
  const [cpu] = cpus()
  return {
    cpu: cpu?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${release().split('-')[0]} ${process.arch}`,
    loadBefore: loadavg()[0] ?? 0,
  }
}

export function describeRuntime(execPath: string): { node: string; v8: string; openssl: string } {
  const text = execFileSync(execPath, ['-p', 'JSON.stringify(process.versions)'], { encoding: 'utf8' })
  const { node, v8, openssl } = JSON.parse(text) as { node: string; v8: string; openssl: string }
  return { node, v8, openssl }
}
