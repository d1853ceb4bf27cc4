import { EXIT, Failure, usage } from './failure.js'
import type { Settings } from './settings.js'

/**
 * Tell whether the password itself may go to the service, which only the caller can decide: `asked` where the flow does
 * so, `choose` where USER_AUTH leaves the choice to the user, `never` after any other start. A service cannot change it.
 */
export function plainPassword({ flow, firstFactor }: Settings): 'asked' | 'choose' | 'never' {
  if (flow === 'password') return 'asked'
  if (flow !== 'choice' || firstFactor === 'PASSWORD_SRP') return 'never'
  return firstFactor === 'PASSWORD' ? 'asked' : 'choose'
}

/** Tell whether a first factor takes the password, itself or by SRP: a name that only resembles one does not. */
export const takesPassword = (factor: string | undefined): boolean => factor === 'PASSWORD' || factor === 'PASSWORD_SRP'

/** Make the refusal of a service that asks for the password itself. */
export const downgraded = (settings: Settings): Failure =>
  new Failure(
    EXIT.service,
    'The service asks for the password itself, and this sign-in began without sending it: it does not get it.',
    `Is it the real service? Look at --endpoint and --trace.${settings.flow === 'password' ? '' : ' If you want to send it: --flow password'}`,
  )

/**
 * Check, before a password is asked for that will be sent in clear, that the user said where it goes: a pool of someone
 * else can read it.
 *
 * @throws Failure `usage` where a file says so that merely lies in the folder
 */
export function checkReceiver({ poolFoundIn }: Settings): void {
  if (poolFoundIn === undefined) return
  throw usage(
    `${poolFoundIn} says which pool gets a password that is sent in clear.`,
    'A file that happens to lie in the folder may not. If you trust it: --config cognito.json',
  )
}
