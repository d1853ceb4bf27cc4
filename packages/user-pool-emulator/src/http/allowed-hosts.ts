import { isIP } from 'node:net'
import { isLoopback } from './loopback.js'

/** Return the name in a Host header, without the port; undefined for one that cannot be read. */
function hostName(header: string | undefined): string | undefined {
  const match = /^(\[[0-9a-f:.]+\]|[^:/?#@\s]+)(?::\d{1,5})?$/i.exec(header ?? '')
  return match?.[1]
    ?.toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
}

/**
 * Return the check of a request's Host header. A page of a foreign site whose name resolves to this machine (DNS rebinding)
 * counts as the same origin as the emulator, and would read its outbox and its client secrets; its name gives it away. An
 * emulator that other machines may reach takes addresses, names without a dot (as in a container network), names that end
 * in .internal or .local, and those of `allowedHosts`.
 */
export function hostCheck(
  own: string,
  allowRemote: boolean,
  allowedHosts: readonly string[],
): (header: string | undefined) => boolean {
  const named = new Set([own, ...allowedHosts].map((name) => name.toLowerCase()))
  return (header) => {
    const name = hostName(header)
    if (name === undefined) return false
    if (isLoopback(name) || named.has(name)) return true
    return allowRemote && (isIP(name) !== 0 || !name.includes('.') || /\.(internal|local)$/.test(name))
  }
}
