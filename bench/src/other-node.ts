// Another version of Node, or Bun, from npm, in a temporary folder: downloaded only when it is asked for.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { benchFolder } from './build.js'

const INSTALL_LIMIT_MS = 600_000
const BUN = '1.4.5'

const windows = process.platform === 'win32'

/** Installs `node@major`, calls `use` with the path of its binary and removes the folder. */
export function withNode<T>(major: string, use: (execPath: string) => Promise<T>): Promise<T> {
  return withProgram(`node@${major}`, `node/bin/${windows ? 'node.exe' : 'node'}`, use)
}

/**
 * Installs Bun, calls `use` with the path of its binary and removes the folder. The version is that of the runtimes;
 * Linux only.
 */
export function withBun<T>(use: (execPath: string) => Promise<T>): Promise<T> {
  return withProgram(`@oven/bun-linux-x64-baseline@${BUN}`, '@oven/bun-linux-x64-baseline/bin/bun', use)
}

async function withProgram<T>(pack: string, path: string, use: (execPath: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'runtime-'))
  try {
    const args = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error', pack]
    await promisify(execFile)(windows ? 'npm.cmd' : 'npm', args, { timeout: INSTALL_LIMIT_MS })
    const execPath = join(folder, 'node_modules', path)
    if (!existsSync(execPath)) throw new Error(`npm installed ${pack}, but there is no ${execPath}`)
    return await use(execPath)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Return the kernel that wasmEngine takes in that program. */
export async function kernelOf(execPath: string): Promise<string> {
  const script = "import('@srp6a/srp/wasm').then(({ wasmKernel }) => console.log(wasmKernel()))"
  const { stdout } = await promisify(execFile)(execPath, ['-e', script], { cwd: benchFolder })
  return stdout.trim()
}
