// The attributes that every pool's schema has: OpenID Connect Core 1.0, section 5.1, and the developer guide's list of them.
const STRINGS = [
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'nickname',
  'preferred_username',
  'profile',
  'picture',
  'website',
  'email',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
  'phone_number',
  'address',
]

const attribute = (Name: string, AttributeDataType: string, Mutable = true): Readonly<Record<string, unknown>> => ({
  Name,
  AttributeDataType,
  DeveloperOnlyAttribute: false,
  Mutable,
  Required: Name === 'sub',
})

/** SchemaAttributes of a pool without custom attributes. */
export const STANDARD_ATTRIBUTES: readonly Readonly<Record<string, unknown>>[] = [
  attribute('sub', 'String', false),
  ...STRINGS.map((name) => attribute(name, 'String')),
  attribute('email_verified', 'Boolean'),
  attribute('phone_number_verified', 'Boolean'),
  attribute('updated_at', 'Number'),
]

/** Their names. */
export const STANDARD_NAMES: ReadonlySet<string> = new Set(STANDARD_ATTRIBUTES.map(({ Name }) => String(Name)))
