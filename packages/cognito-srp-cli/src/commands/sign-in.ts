import {
  type AppClient,
  type Flow,
  rememberDevice,
  type SignedIn,
  type Step,
  signIn,
  storedDevice,
} from 'cognito-srp-flows'
import { answerAll } from '../answers.js'
import { readClaims, usernameClaim } from '../claims.js'
import { type Context, open, poolOf } from '../context.js'
import { Failure, usage } from '../failure.js'
import { keepTokens } from '../open-session.js'
import { checkReceiver, plainPassword, takesPassword } from '../plain-password.js'
import { printTokens } from '../print.js'
import { clock, skewed } from '../refusals.js'
import { missing } from '../service.js'
import type { Settings } from '../settings.js'
import { printable } from '../style.js'
import { refreshCommand } from './refresh.js'

/** Attempts at a password before the command gives up; the service locks a user after five. */
const TRIES = 3

/** `sign-in` */
export async function signInCommand(context: Context): Promise<void> {
  const { settings, io } = context
  if (settings.flow === 'refresh') return refreshCommand(context)
  const { step, typed } = await signInWith(context, settings)
  const { tokens, device } = step
  printTokens(io, settings, tokens, device?.deviceKey)
  if (settings.save) await keepTokens(context, step, typed)
}

/** Signs in, asking for all that is not set, and says on standard error how it went. */
export async function signInWith(
  context: Context,
  settings: Settings,
): Promise<{ step: SignedIn; pool: AppClient; typed: string }> {
  const { terminal, speaker, password, codes } = context
  if (plainPassword(settings) === 'asked') checkReceiver(settings)
  const service = await open(context, settings)
  if (!settings.clientId) throw missing('client-id')
  const needsPool = /srp$/.test(settings.flow) || settings.firstFactor === 'PASSWORD_SRP' || settings.rememberDevice
  if (needsPool && !settings.userPoolId) {
    throw usage(
      'Which user pool? A region alone is not enough: SRP and remembered devices need the id of the pool.',
      'Give --user-pool-id, or another flow: --flow password, choice or custom.',
    )
  }
  await codes.read(settings)
  if (settings.flag('password-stdin')) await password.readStdin()
  terminal.show(
    `Signing in to ${settings.userPoolId ?? settings.region ?? 'a user pool'}${settings.endpoint ? ` at ${service.address}` : ''}`,
  )
  const typed = settings.username ?? (await askUsername(context))
  const unknown = poolOf(context, settings, service, true)
  const remembered = await storedDevice(unknown, { username: typed })
  const pool = poolOf(context, settings, service, settings.rememberDevice || remembered !== undefined)

  const step = await beginWithSecret(context, settings, pool, typed)
  const done = await answerAll(step, { terminal, speaker, settings, password, codes })
  const name = usernameClaim(readClaims(done.tokens.accessToken)) ?? typed
  const also = name === typed ? '' : ` (${printable(name)})`
  speaker.say(`${speaker.style.green('Signed in')} as ${printable(typed)}${also}.`)
  await settleDevice(context, settings, pool, done)
  if (skewed(service.skew)) speaker.say(`${speaker.style.red('Note:')} ${clock(service.skew)}`)
  return { step: done, pool, typed }
}

async function askUsername({ terminal }: Context): Promise<string> {
  for (;;) {
    const name = (await terminal.ask('User name: ', { what: 'user name' })).trim()
    if (name) return name
  }
}

/** The first step; the secret of the app client is asked for where there is one and a terminal. */
async function beginWithSecret(
  context: Context,
  settings: Settings,
  client: AppClient,
  username: string,
): Promise<Step> {
  try {
    return await begin(context, settings, client, username)
  } catch (error) {
    const lacking = error instanceof Error && /SECRET_HASH was not received/.test(error.message)
    const { terminal, speaker } = context
    if (!lacking || settings.clientSecret || !terminal.attended) throw error
    terminal.show('This app client has a secret; the console shows it under App clients.')
    const clientSecret = (await terminal.ask('Client secret: ', { hidden: true, what: 'client secret' })).trim()
    speaker.keep(clientSecret)
    return begin(context, settings, Object.assign(client, { clientSecret }), username)
  }
}

/** The first step; a password that was typed may be typed again. */
async function begin(context: Context, settings: Settings, pool: AppClient, username: string): Promise<Step> {
  const { password, terminal, speaker } = context
  const { flow, authFlow, firstFactor, clientMetadata } = settings
  const needsPassword = flow === 'choice' ? takesPassword(firstFactor) : flow !== 'custom'
  for (let attempt = 1; ; attempt++) {
    try {
      return await signIn(pool, {
        username,
        flow: authFlow as Flow,
        ...(needsPassword && { password: await password.get() }),
        ...(plainPassword(settings) === 'asked' && { allowPlainPassword: true }),
        ...(flow === 'choice' && firstFactor && { preferredChallenge: firstFactor }),
        ...(Object.keys(clientMetadata).length > 0 && { clientMetadata }),
      })
    } catch (error) {
      const wrong = error instanceof Error && /^Incorrect username or password/.test(error.message)
      if (!wrong || !password.typed || attempt >= TRIES) throw error
      password.forget()
      terminal.show(`${speaker.style.red('Incorrect user name or password.')} Once more, or Ctrl-C:`)
    }
  }
}

/** Say what happened to the device; `consent` is what --remember-device gave, now or before. */
async function settleDevice(
  context: Context,
  settings: Settings,
  pool: AppClient,
  { device, tokens }: SignedIn,
): Promise<void> {
  const { speaker, deviceFolder } = context
  if (!device || !pool.devices) {
    if (settings.rememberDevice) speaker.say('This pool tracks no devices: there is nothing to remember.')
    return
  }
  const { status, deviceKey, error } = device
  if (status === 'failed') {
    const reason = error instanceof Failure || error instanceof Error ? error.message : String(error)
    speaker.say(`${speaker.style.red('Note:')} this device could not be remembered: ${printable(reason)}`)
    return
  }
  if (status === 'ask-user') await rememberDevice(pool, { accessToken: tokens.accessToken, deviceKey })
  if (status !== 'known') speaker.say(`This device is remembered (in ${deviceFolder.path}); forget-device undoes that.`)
}
