import { FlowError } from 'cognito-srp-flows'
import { EXIT, Failure } from './failure.js'
import { downgraded } from './plain-password.js'
import { type Circumstances, REFUSALS } from './refusals.js'
import { codeOf } from './service.js'

/** Any error as what to print and how to end. */
export function explain(error: unknown, circumstances: Circumstances): Failure {
  if (error instanceof Failure) return error
  if (error instanceof FlowError) return explainFlow(error, circumstances)
  if (!(error instanceof Error)) return new Failure(EXIT.bug, String(error))
  const { name, message } = error
  for (const [names, messages, rule] of REFUSALS) {
    if (!names.test(name) || !messages.test(message)) continue
    const [exitCode, text = message, ...advice] = rule(circumstances, message)
    return new Failure(exitCode, text, ...advice)
  }
  const fault = (error as { $fault?: unknown }).$fault
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
  if (fault === 'server')
    return new Failure(EXIT.service, `The service failed (HTTP ${status}): ${message}`, 'Try again later.')
  if (fault === 'client' && name === 'UnknownError') {
    return new Failure(
      EXIT.service,
      `What answers at ${circumstances.address} is no user pool (HTTP ${status}).`,
      'Look at --endpoint and --trace.',
    )
  }
  if (fault === 'client') return new Failure(EXIT.refused, `${name}: ${message}`)
  if (name === 'SrpError')
    return new Failure(
      EXIT.service,
      `The service's part of SRP is not acceptable: ${message}`,
      'Is it the real service? Look at --endpoint and --trace.',
    )
  return new Failure(
    EXIT.bug,
    `${name}: ${message}`,
    'This is a mistake of this program: please report it, with what --trace shows.',
  )
}

function explainFlow(error: FlowError, { address, env, settings }: Circumstances): Failure {
  switch (error.code) {
    case 'unexpected-challenge':
      return settings && /password itself/.test(error.message) ? downgraded(settings) : senseless(error, address)
    case 'network':
      return unreachable(codeOf(error.cause), address, env)
    case 'timeout':
      return new Failure(EXIT.service, `No answer from ${address} in time.`, ...proxy(env))
    case 'session-lost':
      return new Failure(
        EXIT.refused,
        'The service has ended this sign-in: it took too long, or had too many wrong codes.',
        'Start again.',
      )
    case 'device-lost':
      return new Failure(
        EXIT.refused,
        'The service no longer takes this device, and what was kept of it is dropped.',
        'Start again.',
      )
    default:
      return senseless(error, address)
  }
}

const senseless = ({ message }: FlowError, address: string | undefined) =>
  new Failure(
    EXIT.service,
    `The reply makes no sense: ${message}.`,
    `Is ${address} a user pool? --trace shows what came.`,
  )

function unreachable(code: string, address: string | undefined, env: NodeJS.ProcessEnv): Failure {
  const host = address && URL.canParse(address) ? new URL(address).host : address
  const end = (text: string, ...advice: string[]) => new Failure(EXIT.service, text, ...advice, ...proxy(env))
  if (code === 'ECONNREFUSED')
    return end(
      `Nothing listens at ${host}.`,
      'Is the emulator running? npx cognito-user-pool-emulator --seed pool.json',
    )
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(code))
    return end(`There is no way to find ${host} (${code}).`, 'Is this machine online, and the region right?')
  if (/CERT|SSL|TLS|SIGNED/.test(code))
    return end(
      `${host} shows a certificate that is not trusted (${code}).`,
      'NODE_EXTRA_CA_CERTS names a file with your own authority.',
    )
  return end(`The connection to ${host} failed (${code}).`)
}

const proxy = (env: NodeJS.ProcessEnv): string[] =>
  (env.HTTPS_PROXY || env.https_proxy) && !env.NODE_USE_ENV_PROXY
    ? ['HTTPS_PROXY is set, and Node goes by it only with NODE_USE_ENV_PROXY=1 (Node 22.21, 24 and newer).']
    : []
