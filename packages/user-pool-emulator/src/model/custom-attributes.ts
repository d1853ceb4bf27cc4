import type { Settings } from './state.js'

/** Prefix of the name of every custom attribute. */
export const CUSTOM = 'custom:'

/**
 * Complete a custom attribute as DescribeUserPool shows it.
 *
 * @param given a member of Schema or CustomAttributes; its Name comes with or without the prefix
 * @returns the name with its prefix, and the attribute
 */
export function customAttribute(given: Readonly<Record<string, unknown>>): [string, Readonly<Record<string, unknown>>] {
  const bare = String(given.Name)
  const name = bare.startsWith(CUSTOM) ? bare : `${CUSTOM}${bare}`
  return [
    name,
    {
      AttributeDataType: 'String',
      DeveloperOnlyAttribute: false,
      Mutable: true,
      Required: false,
      ...given,
      Name: name,
    },
  ]
}

/** Name the attribute of a list that the schema does not have, or return undefined. */
export const undeclared = ({ customAttributes }: Settings, names: readonly string[]): string | undefined =>
  names.find((name) => name.startsWith(CUSTOM) && !Object.hasOwn(customAttributes, name))
