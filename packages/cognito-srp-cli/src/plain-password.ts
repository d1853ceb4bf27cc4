import { EXIT, Failure } from './failure.js'
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

/** Make the refusal of a service that asks for the password itself. */
export const downgraded = (settings: Settings): Failure =>
  new Failure(
    EXIT.service,
    'The service asks for the password itself, and this sign-in began without sending it: it does not get it.',
    `Is it the real service? Look at --endpoint and --trace.${settings.flow === 'password' ? '' : ' If you want to send it: --flow password'}`,
  )
