import { runTrigger, type Trigger, type TriggerName, urlTrigger } from '../config/triggers.js'
import type { Pool } from './pool.js'
import type { User } from './state.js'

/** One call of a trigger, without what every event has. */
export interface TriggerCall {
  readonly source: string
  readonly clientId: string
  readonly userName: string
  readonly request: Record<string, unknown>
  readonly response?: Record<string, unknown>
  readonly version?: string
}

function triggerOf(pool: Pool, name: TriggerName): Trigger | undefined {
  const own = pool.host.triggers[name]
  const url = pool.settings.triggerUrls[name]
  return own ?? (url === undefined ? undefined : urlTrigger(url, name))
}

/** Tell whether the pool has this trigger, as a function or as an address. */
export const hasTrigger = (pool: Pool, name: TriggerName): boolean => triggerOf(pool, name) !== undefined

/** Call a trigger with an event as Lambda would get it, and return its response; undefined without such a trigger. */
export async function callTrigger(
  pool: Pool,
  name: TriggerName,
  { source, clientId, userName, request, response = {}, version = '1' }: TriggerCall,
): Promise<Record<string, unknown> | undefined> {
  const event = await runTrigger(triggerOf(pool, name), name, {
    version,
    triggerSource: source,
    region: pool.region,
    userPoolId: pool.id,
    userName,
    callerContext: { awsSdkVersion: 'emulator', clientId },
    request,
    response,
  })
  return event?.response
}

/** Return a user's attributes as events have them. */
export const eventAttributes = (user: User): Record<string, string> => ({
  sub: user.sub,
  'cognito:user_status': user.status,
  ...user.attributes,
})
