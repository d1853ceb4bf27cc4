// Rows of functions that send one request.
import { ANYTHING, caller, isFunction, OBJECT, optional, peer, type Rule } from '../rules.js'
import type { Subject } from '../run.js'
import { client, isObject, unnamed, unnamedCall } from './pool-rules.js'
import { service } from './service.js'

export const flag = optional(caller((value) => typeof value === 'boolean'))
export const simple = (
  run: (...args: never[]) => unknown,
  reply: object,
  right: object,
  rules: Record<string, Rule>,
): Subject => ({
  params: ['client', 'request'],
  args: (engine) => [service({ any: reply }, { engine }).client, right],
  run,
  rules: { ...unnamedCall(client()), request: OBJECT, 'request.signal': ANYTHING, ...rules },
})
/** Make the rows of a function that sends nothing, and that no signal ends. */
export const local = (...args: Parameters<typeof simple>): Subject => {
  const { rules, ...subject } = simple(...args)
  const { 'request.signal': _, ...others } = rules
  return { ...subject, rules: others }
}
/** Nothing in the reply has to be there. */
export const ANY_REPLY: Rule = unnamed(
  peer(
    (value) =>
      isObject(value) &&
      !Array.isArray(value) &&
      !ArrayBuffer.isView(value) &&
      !isFunction(value) &&
      !(value instanceof Promise),
    () => ['bad-reply'],
  ),
)
/** The reply says nothing that anybody reads. */
export const unread = { 'client.api.call': unnamed(caller(isFunction)), 'client.api.call()': ANYTHING }
