import { randomBytes } from 'node:crypto'
import { secretHash, startCognitoClient } from '@srp6a/srp/cognito'
import { type Context, open } from '../context.js'
import { clock, skewed } from '../refusals.js'
import { missing } from '../service.js'
import { printable } from '../style.js'

/** `doctor`: asks with a made-up user, and so needs no credentials. */
export async function doctorCommand(context: Context): Promise<void> {
  const { settings, io, speaker } = context
  const { clientId, clientSecret } = settings
  if (!clientId) throw missing('client-id')
  const service = await open(context, settings)
  const USERNAME = `doctor-${randomBytes(8).toString('hex')}`
  const hash = clientSecret ? { SECRET_HASH: secretHash({ username: USERNAME, clientId, clientSecret }) } : {}
  const PASSWORD = `Aa1!${randomBytes(12).toString('hex')}`
  const flows: [name: string, parameters: Record<string, string>][] = [
    ['USER_SRP_AUTH', { SRP_A: startCognitoClient().srpA }],
    ['USER_PASSWORD_AUTH', { PASSWORD }],
    ['USER_AUTH', {}],
    ['CUSTOM_AUTH', {}],
  ]
  const write = (name: string, value: string) => io.stdout.write(`${name.padEnd(20)}${value}\n`)
  for (const [AuthFlow, parameters] of flows) {
    const AuthParameters = { USERNAME, ...hash, ...parameters }
    const message = await refusalOf(() =>
      service.call('InitiateAuth', { AuthFlow, ClientId: clientId, AuthParameters }),
    )
    if (AuthFlow === flows[0]?.[0]) write('service', service.address)
    write(AuthFlow, verdict(message))
  }
  if (skewed(service.skew)) speaker.say(clock(service.skew))
}

/** The refusal in the service's words; undefined where it goes on. What is not about the flow passes through. */
async function refusalOf(call: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await call()
    return undefined
  } catch (error) {
    const about =
      error instanceof Error &&
      /^(NotAuthorized|InvalidParameter|UserNotFound|UserLambda|InvalidLambda|UnexpectedLambda)/.test(error.name)
    if (!about || /SECRET_HASH|secret hash/i.test(error.message)) throw error
    return error.message
  }
}

function verdict(message: string | undefined): string {
  if (message === undefined) return 'allowed'
  if (/not enabled/i.test(message)) return 'not enabled for this client'
  if (/Incorrect username or password/.test(message)) return 'allowed'
  if (/User does not exist/.test(message))
    return 'allowed (and the client tells who exists: PreventUserExistenceErrors is off)'
  return `refused: ${printable(message)}`
}
