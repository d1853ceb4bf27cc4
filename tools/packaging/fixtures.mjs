// Other people's packages that some checks need beside ours, at versions that the workspace does not use itself: each
// folder of fixtures/ has a package.json and its lock, from which npm installs, with every hash checked and no script run.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { installed } from '../workspace/run.mjs'

const FIXTURES = fileURLToPath(new URL('fixtures', import.meta.url))

/** Messages of npm where there is no network, or no such version behind it. */
const UNREACHABLE =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|E40[34]|ENOTCACHED)\b/

/**
 * Install a fixture, or take what was installed before from the same lock.
 *
 * @param {string} name a folder of fixtures/
 * @returns {Promise<{ folder: string } | { missing: string }>} the folder that has node_modules, or why there is none
 */
export async function installFixture(name) {
  const source = join(FIXTURES, name)
  const lock = readFileSync(join(source, 'package-lock.json'))
  const unpinned = Object.entries(JSON.parse(lock).packages).filter(
    ([path, entry]) => path !== '' && !/^sha512-/.test(entry.integrity ?? ''),
  )
  if (unpinned.length > 0) throw new Error(`${name}: no SHA-512 in the lock for ${unpinned[0][0]}`)

  const digest = createHash('sha256').update(lock).digest('hex').slice(0, 12)
  const folder = installed(`.cache/srp6a/fixtures/${name}-${digest}`)
  if (existsSync(folder)) return { folder }
  // Beside it first: a folder that bears the name is whole.
  const unfinished = `${folder}.${process.pid}`
  mkdirSync(unfinished, { recursive: true })
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(source, file), join(unfinished, file))
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  try {
    await promisify(execFile)(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: unfinished })
    renameSync(unfinished, folder)
    return { folder }
  } catch (error) {
    const reason = `${error.stderr ?? ''}${error.message}`.match(UNREACHABLE)?.[0]
    if (reason === undefined) throw error
    return { missing: `npm cannot install ${name} here (${reason})` }
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}
