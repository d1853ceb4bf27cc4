// Finds a runtime on this machine, and installs what is missing where that is wanted and possible.
import { existsSync, mkdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { capture } from './processes.mjs'

const HERE = dirname(dirname(fileURLToPath(import.meta.url)))

/** Beside what pnpm installs, so that nothing of it is ever committed. */
const CACHE = join(HERE, 'node_modules', '.runtimes')

/**
 * @returns {Promise<{ missing: string } | { version: string, program?: string, modules?: string }>}
 */
export async function locate(name, runtime, mayInstall) {
  if (runtime.locked) return inModules(join(HERE, 'node_modules'), runtime.locked, runtime)
  if (runtime.npm) return fromNpm(name, runtime, mayInstall)
  if (runtime.apt) return fromDebian(runtime, mayInstall)
  return { version: process.versions.node, program: runtime.program }
}

function inModules(modules, dependency, { path }) {
  const manifest = join(modules, dependency, 'package.json')
  if (!existsSync(manifest)) return { missing: `the package ${dependency} is not installed` }
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'))
  const program = path && join(modules, path)
  if (program && !existsSync(program)) return { missing: `${dependency} brings no program for this machine` }
  return { version, modules, ...(program && { program: realpathSync(program) }) }
}

async function fromNpm(name, runtime, mayInstall) {
  const at = runtime.npm.lastIndexOf('@')
  const dependency = runtime.npm.slice(0, at)
  const folder = join(CACHE, name)
  const found = () => inModules(join(folder, 'node_modules'), dependency, runtime)
  if (found().version === runtime.npm.slice(at + 1)) return found()
  if (!mayInstall) return { missing: `not installed: npm run test:runtimes ${name} installs it` }
  mkdirSync(folder, { recursive: true })
  try {
    await capture('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--save-exact', runtime.npm])
  } catch (error) {
    return { missing: `npm install ${runtime.npm}: ${error.message.slice(0, 300)}` }
  }
  return found()
}

async function fromDebian({ apt, program, helper = program }, mayInstall) {
  if (!existsSync(program) || !existsSync(helper)) {
    const command = `apt-get install -y --no-install-recommends ${apt.join(' ')}`
    if (!mayInstall) return { missing: `not installed; as root: ${command}` }
    if (!existsSync('/usr/bin/apt-get')) return { missing: `not installed, and this is no Debian; there: ${command}` }
    if (process.getuid?.() !== 0) return { missing: `not installed, and only root may: sudo ${command}` }
    try {
      await capture('apt-get', ['update'])
      await capture('/bin/sh', ['-c', `DEBIAN_FRONTEND=noninteractive ${command}`])
    } catch (error) {
      return { missing: `${command}: ${error.message.slice(0, 300)}` }
    }
  }
  const status = await capture('dpkg-query', ['-s', apt[0]]).catch(() => '')
  // 2.50.6-1~deb12u2: what follows the last hyphen is the distribution's and says nothing about the engine.
  const version = status.match(/^Version: (.+?)(-[^-]*)?$/m)?.[1] ?? 'unknown'
  return { version, program }
}
