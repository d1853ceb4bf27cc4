// Another version of Node from npm, in a temporary folder: downloaded only when it is asked for.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const INSTALL_LIMIT_MS = 600_000

/** Installs `node@major`, calls `use` with the path of its binary and removes the folder. */
export async function withNode<T>(major: string, use: (execPath: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), `node-${major}-`))
  try {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    const args = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error', `node@${major}`]
    await promisify(execFile)(npm, args, { timeout: INSTALL_LIMIT_MS })
    const execPath = join(folder, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
    if (!existsSync(execPath)) throw new Error(`npm installed node@${major}, but there is no ${execPath}`)
    return await use(execPath)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
