import { type AppClient, forgetDevice, removeStoredDevice, storedDevice } from 'cognito-srp-flows'
import { type Context, open, poolOf, withSession } from '../context.js'
import { EXIT, Failure } from '../failure.js'
import type { KeptSession } from '../kept-sessions.js'
import { openSession } from '../open-session.js'
import { missing } from '../service.js'
import type { Settings } from '../settings.js'
import { signInWith } from './sign-in.js'

/** `forget-device` */
export async function forgetDeviceCommand(context: Context): Promise<void> {
  const { speaker, terminal } = context
  const session = await context.sessions.find(context.settings)
  const settings = withSession(context.settings, session)
  if (!settings.userPoolId) throw missing('user-pool-id')
  const service = await open(context, settings)
  const pool = poolOf(context, settings, service, true)
  const username = settings.username ?? (await terminal.ask('User name: ', { what: 'user name' })).trim()
  const record = await storedDevice(pool, { username })
  const deviceKey = settings.option('device-key') ?? record?.deviceKey
  if (!deviceKey)
    throw new Failure(EXIT.refused, `No device of ${username} is remembered here.`, 'Another device: --device-key KEY')

  if (!settings.flag('local')) {
    const accessToken = await findToken(context, settings, session)
    speaker.keep(accessToken)
    await forgetAtService(context, pool, accessToken, deviceKey)
  }
  // The library drops the record under the name in the token; the name that was typed has one, too.
  await removeStoredDevice(pool, { username, deviceKey })
  speaker.say(
    `${speaker.style.green('Forgotten:')} ${deviceKey}${settings.flag('local') ? ' (here; the service was not asked)' : ''}`,
  )
}

async function forgetAtService(
  { speaker }: Context,
  pool: AppClient,
  accessToken: string,
  deviceKey: string,
): Promise<void> {
  try {
    await forgetDevice(pool, { accessToken, deviceKey })
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ResourceNotFoundException' && /device/i.test(error.message)))
      throw error
    speaker.say('The service had forgotten it before.')
  }
}

/** An access token of the user: given, kept, renewed, or by one more sign-in. */
async function findToken(context: Context, settings: Settings, session: KeptSession | undefined): Promise<string> {
  const { io, terminal } = context
  if (settings.flag('token-stdin')) return terminal.readStdin('access token')
  if (io.env.COGNITO_ACCESS_TOKEN) return io.env.COGNITO_ACCESS_TOKEN
  const kept = session && (await openSession(context, session).session.tokens())
  if (kept) return kept.accessToken
  const { step } = await signInWith(context, settings)
  return step.tokens.accessToken
}
