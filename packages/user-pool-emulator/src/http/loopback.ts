import { isIP } from 'node:net'

/** Check if a server that listens on this host can be reached from this machine only. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1')
  if (isIP(name) === 4) return name.startsWith('127.')
  return name === 'localhost' || name === '::1' || name === '0:0:0:0:0:0:0:1'
}

/** The notice of start-up, help and page. */
export const NOTICE = 'An emulator for development and tests: it is not Amazon Cognito, and no place for real users.'

/** The warning when it can be reached from elsewhere. */
export const remoteWarning = (host: string): string =>
  `${host} can be reached from other machines. Anyone who gets there reads every code and every user, and signs in as anybody.`

/** Return why it does not start where NODE_ENV says production; undefined elsewhere. */
export const productionRefusal = (environment: Readonly<Record<string, string | undefined>>): string | undefined =>
  environment.NODE_ENV === 'production'
    ? 'NODE_ENV is production, and this is an emulator for development: it refuses to start. Unset NODE_ENV if this is no production machine.'
    : undefined
