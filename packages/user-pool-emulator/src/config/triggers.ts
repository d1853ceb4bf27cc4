import { ServiceError } from './errors.js'

/** The event that a Lambda trigger receives and returns, in the service's own shape. */
export interface TriggerEvent {
  readonly version: string
  readonly triggerSource: string
  readonly region: string
  readonly userPoolId: string
  readonly userName: string
  readonly callerContext: { readonly awsSdkVersion: string; readonly clientId: string }
  // The members depend on the trigger; the service's documentation of each one lists them.
  request: Record<string, unknown>
  response: Record<string, unknown>
}

/** One trigger; throwing refuses the request with the error's message. */
export type Trigger = (event: TriggerEvent) => TriggerEvent | undefined | Promise<TriggerEvent | undefined>

export const TRIGGER_NAMES = [
  'customMessage',
  'preSignUp',
  'postConfirmation',
  'preAuthentication',
  'postAuthentication',
  'preTokenGeneration',
  'userMigration',
  'defineAuthChallenge',
  'createAuthChallenge',
  'verifyAuthChallengeResponse',
] as const
/** The triggers that the emulator calls. */
export type TriggerName = (typeof TRIGGER_NAMES)[number]

/** Trigger functions, called with a copy of the event; they return it, or change it in place. */
export type Triggers = { readonly [name in TriggerName]?: Trigger }

const lambdaName = (name: TriggerName): string => name.charAt(0).toUpperCase() + name.slice(1)

/** Say why an address could not be called: `fetch` keeps the reason in the cause. */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown; message?: unknown } }
  return String(cause?.code ?? cause?.message ?? (error as Error).message)
}

/** Return the trigger that a POST to this address is. */
export const urlTrigger =
  (url: string, name: TriggerName): Trigger =>
  async (event) => {
    const call = async (): Promise<readonly [Response, string]> => {
      const body = JSON.stringify(event)
      const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      return [response, await response.text()]
    }
    const [response, text] = await call().catch((error: unknown) => {
      const message = `${lambdaName(name)} could not be called: ${url}: ${reasonOf(error)}`
      throw new ServiceError('UnexpectedLambdaException', message)
    })
    if (!response.ok) throw new Error(errorMessage(text) ?? `HTTP ${response.status}`)
    return text === '' ? undefined : readEvent(text, name)
  }

function readEvent(text: string, name: TriggerName): TriggerEvent {
  try {
    return JSON.parse(text)
  } catch {
    throw noEvent(name)
  }
}

const noEvent = (name: TriggerName): ServiceError =>
  new ServiceError('InvalidLambdaResponseException', `${lambdaName(name)} gave back no event`)

/** A Lambda function that throws answers with `errorMessage`. */
function errorMessage(text: string): string | undefined {
  try {
    const { errorMessage: message }: { errorMessage?: unknown } = JSON.parse(text)
    return typeof message === 'string' ? message : undefined
  } catch {
    return text === '' ? undefined : text
  }
}

/** Runs one trigger. What it throws becomes a UserLambdaValidationException with its message. */
export async function runTrigger(
  trigger: Trigger | undefined,
  name: TriggerName,
  event: TriggerEvent,
): Promise<TriggerEvent | undefined> {
  if (trigger === undefined) return undefined
  const copy: TriggerEvent = structuredClone(event)
  let result: unknown
  try {
    result = (await trigger(copy)) ?? copy
  } catch (error) {
    if (error instanceof ServiceError) throw error
    const message = error instanceof Error ? error.message : String(error)
    throw new ServiceError('UserLambdaValidationException', `${lambdaName(name)} failed with error ${message}.`)
  }
  if (typeof result !== 'object' || result === null || !('response' in result)) {
    throw noEvent(name)
  }
  return result as TriggerEvent
}
