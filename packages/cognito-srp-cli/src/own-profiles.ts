import { statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { usage } from './failure.js'

/** Return where `configure` writes profiles: `$XDG_CONFIG_HOME/cognito-srp/config.json`, by default below `~/.config`. */
export function ownFile(env: NodeJS.ProcessEnv, home: string, platform: string = process.platform): string {
  const base = env.XDG_CONFIG_HOME
  if (base && isAbsolute(base)) return join(base, 'cognito-srp', 'config.json')
  if (platform === 'win32' && env.APPDATA) return join(env.APPDATA, 'cognito-srp', 'config.json')
  return join(home, '.config', 'cognito-srp', 'config.json')
}

/**
 * Check that no other user of the machine can say where secrets go.
 *
 * @throws Failure `usage` for a file that others may write
 */
export function checkOwn(path: string): void {
  if (process.platform === 'win32' || (statSync(path).mode & 0o022) === 0) return
  throw usage(`${path} can be written by others on this machine.`, `Look into it, then: chmod 600 ${path}`)
}
