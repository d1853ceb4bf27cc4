import { shapes } from '../service-model/table.js'
import type { Input } from './input.js'

/**
 * Return the members of a request that the reply's type has too: what was set comes back as it was set.
 *
 * @param type name of a structure of the service's model, such as `UserPoolType`
 */
export function keptMembers(type: string, { fields }: Input): Readonly<Record<string, unknown>> {
  const members = shapes[type]?.members ?? {}
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([name, value]) => value !== null && value !== undefined && Object.hasOwn(members, name),
    ),
  )
}
