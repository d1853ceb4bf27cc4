import type { CognitoApi } from 'cognito-srp-flows'
import { type FetchLike, fetchApi } from 'cognito-srp-flows/fetch'
import { usage } from './failure.js'
import type { Settings } from './settings.js'
import type { Trace } from './trace.js'

/** The service, and what was noticed on the way. */
export interface Service extends CognitoApi {
  /** The address of the service. */
  readonly address: string
  /** Seconds that this machine's clock is ahead of the service's; negative when it is behind. */
  readonly skew: number | undefined
}

/** @throws Failure `usage` when it is not known where the service is */
export function connect(settings: Settings, now: () => Date, trace: Trace | undefined): Service {
  const { endpoint, region } = settings
  if (!endpoint && !region) throw missing('user-pool-id')
  if (!endpoint && !/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region ?? '')) {
    throw usage(`There is no region ${region}.`, 'A region looks like us-east-1.')
  }
  let skew: number | undefined
  let address = endpoint ?? `cognito-idp.${region}`
  const watched: FetchLike = async (url, init) => {
    // Which domain a region belongs to is for the library to say.
    address = url
    const done = trace?.request(url, init.headers['x-amz-target']?.replace(/^.*\./, '') ?? '', init.body)
    try {
      // A request that holds tokens goes to the address that it was sent to, and to no other.
      const response = await fetch(url, { ...init, redirect: 'error' })
      const text = await response.text()
      const { status, headers } = response
      const date = Date.parse(headers.get('date') ?? '')
      if (!Number.isNaN(date)) skew = (now().getTime() - date) / 1000
      done?.(`HTTP ${status}`, text)
      return { status, headers, text: async () => text }
    } catch (error) {
      done?.(`no reply (${codeOf(error)})`, '')
      throw error
    }
  }
  const api = fetchApi({ ...(endpoint ? { endpoint } : { region: region as string }), fetch: watched })
  return {
    ...api,
    get address() {
      return address
    },
    get skew() {
      return skew
    },
  }
}

/** Return the system's code behind the layers of fetch: `ECONNREFUSED`, `ENOTFOUND`… */
export function codeOf(error: unknown): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++) {
    const { code } = at as NodeJS.ErrnoException
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code)) return code
  }
  return error instanceof Error ? error.name : 'unknown'
}

const HOW = {
  'user-pool-id': ['user pool', '--user-pool-id us-east-1_AbCdEfGhI', 'COGNITO_USER_POOL_ID', 'userPoolId'],
  'client-id': ['app client', '--client-id 1example23456789', 'COGNITO_CLIENT_ID', 'clientId'],
} as const

/** A setting without which nothing goes. */
export function missing(name: keyof typeof HOW) {
  const [what, option, variable, key] = HOW[name]
  return usage(`Which ${what}?`, `Say so by ${option}, by ${variable}, or by "${key}" in ./cognito.json.`)
}
