// The part of JSON Schema that vectors/schema.json uses. A keyword that is not known here is an error, so that the
// schema cannot ask for something that no one checks.

type Schema = Readonly<Record<string, unknown>>

const ANNOTATIONS = new Set(['$schema', '$defs', 'title', 'description'])

/** @returns what is wrong, each with its place; empty if nothing is */
export function problemsOf(value: unknown, root: Schema): string[] {
  return visit(value, root, root, '$')
}

function visit(value: unknown, schema: Schema, root: Schema, at: string): string[] {
  const problems: string[] = []
  const fail = (what: string) => problems.push(`${at}: ${what}`)
  for (const [keyword, wanted] of Object.entries(schema)) {
    if (ANNOTATIONS.has(keyword)) continue
    switch (keyword) {
      case '$ref':
        problems.push(...visit(value, resolve(String(wanted), root), root, at))
        break
      case 'type':
        if (!isOfType(value, String(wanted))) fail(`is no ${wanted}`)
        break
      case 'const':
        if (value !== wanted) fail(`is not ${wanted}`)
        break
      case 'enum':
        if (!(wanted as unknown[]).includes(value)) fail(`is not one of ${(wanted as unknown[]).join(', ')}`)
        break
      case 'pattern':
        if (typeof value === 'string' && !new RegExp(String(wanted), 'u').test(value)) fail(`does not match ${wanted}`)
        break
      case 'minItems':
        if (Array.isArray(value) && value.length < Number(wanted)) fail(`has fewer than ${wanted} items`)
        break
      case 'items':
        if (Array.isArray(value)) {
          for (const [i, item] of value.entries()) problems.push(...visit(item, wanted as Schema, root, `${at}[${i}]`))
        }
        break
      case 'oneOf': {
        const tries = (wanted as Schema[]).map((option) => visit(value, option, root, at))
        const matches = tries.filter((found) => found.length === 0).length
        if (matches !== 1) fail(`matches ${matches} of ${tries.length}: ${tries.map(([first]) => first).join('; ')}`)
        break
      }
      case 'required':
        if (isObject(value)) {
          for (const name of wanted as string[]) if (!(name in value)) fail(`has no ${name}`)
        }
        break
      case 'properties':
        if (isObject(value)) {
          for (const [name, inner] of Object.entries(wanted as Record<string, Schema>)) {
            if (name in value) problems.push(...visit(value[name], inner, root, `${at}.${name}`))
          }
        }
        break
      case 'additionalProperties':
        if (isObject(value)) {
          const known = Object.keys((schema.properties ?? {}) as object)
          for (const name of Object.keys(value).filter((key) => !known.includes(key))) {
            if (wanted === false) fail(`has the unknown ${name}`)
            else problems.push(...visit(value[name], wanted as Schema, root, `${at}.${name}`))
          }
        }
        break
      default:
        throw new Error(`the schema keyword ${keyword} is not checked by anybody`)
    }
  }
  return problems
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function isOfType(value: unknown, type: string): boolean {
  if (type === 'object') return isObject(value)
  if (type === 'array') return Array.isArray(value)
  if (type === 'integer') return Number.isInteger(value)
  return typeof value === type
}

function resolve(pointer: string, root: Schema): Schema {
  const found = pointer
    .replace('#/', '')
    .split('/')
    .reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), root)
  if (!isObject(found)) throw new Error(`the schema has no ${pointer}`)
  return found
}
