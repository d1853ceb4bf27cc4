// The tables are complete: what the packages export is read from their types, what the service may say from those of the
// AWS SDK, and each place has a row, or a reason here why it has none.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ENTRIES, repliesOf, surfaceOf } from '../surface.js'
import { ACCOUNT } from '../tables/account.js'
import { COGNITO } from '../tables/cognito.js'
import { DEFINE } from '../tables/define.js'
import { EMULATOR } from '../tables/emulator.js'
import { FLOWS } from '../tables/flows.js'
import { HANDSHAKE } from '../tables/handshake.js'
import { REPLIES } from '../tables/replies.js'
import { SESSION } from '../tables/session.js'

const TABLE = { ...HANDSHAKE, ...DEFINE, ...COGNITO, ...FLOWS, ...ACCOUNT, ...SESSION, ...EMULATOR }

/** Names without rows, each with the reason. */
const LEFT_OUT: readonly (readonly [name: RegExp, reason: string])[] = [
  [/^(Engine|GroupArithmetic)\./, 'the port to the arithmetic: called with values that were checked, and says so'],
  // A trigger's result is answered on the wire, by name: see custom-auth.test.ts of the emulator.
  [/\(options\.triggers\.\w+\(\)\)$/, 'what a trigger returns is looked at when the service would call it'],
  [
    /^createUserPools\((seeds|options)/,
    'each seed and the options go through the checks of createUserPool, which has the rows',
  ],
  [/^AppClient\.random\(/, 'the port to a random source: called with lengths of ours'],
  [/^adopt\w+\(session\./, 'a session of createSession, which looked at all that is in it'],
  [
    /^Session\.follow\(step\.(?!kind|tokens|answer|device(\.deviceKey)?\))/,
    'a step of signIn or resume; a session reads no more of it than the rows have',
  ],
  [
    /^(KeyValueStorage\.\w+|SiteCookies\.(get|remove)|SiteCookies\.set\((name|value)\))$/,
    'the port to a storage: called with keys and texts of ours',
  ],
  [/^new (SrpError|FlowError)$/, 'classes to catch, which take what Error takes'],
]

/** `f#again` has more rows of `f`. */
function rowsOf(table: typeof TABLE): Map<string, Set<string>> {
  const rows = new Map<string, Set<string>>()
  for (const [name, { rules }] of Object.entries(table)) {
    // The suites are an entry of their own too.
    const [key = ''] = name.replace(/^suites\./, '').split('#')
    rows.set(key, new Set([...(rows.get(key) ?? []), ...Object.keys(rules)]))
  }
  return rows
}
const flat = (rows: ReadonlyMap<string, ReadonlySet<string>>): string[] =>
  [...rows].flatMap(([name, places]) => [...places].map((place) => `${name.replace(/^suites\./, '')}(${place})`)).sort()

describe('the table', { timeout: 120_000 }, () => {
  it('knows every entry that the packages publish', () => {
    const published = ['srp', 'cognito-srp-flows', 'user-pool-emulator'].flatMap((folder) => {
      const { name, exports } = JSON.parse(
        readFileSync(new URL(`../../../packages/${folder}/package.json`, import.meta.url), 'utf8'),
      )
      return Object.keys(exports)
        .filter((entry) => !/\.(json|wasm)$/.test(entry))
        .map((entry) => name + entry.slice(1))
    })
    expect(Object.keys(ENTRIES).sort()).toEqual(published.sort())
  })

  it('has a row for every argument, every field and every result of a callback, and none that is no more', () => {
    const surface = surfaceOf()
    const left = [...surface.keys()].filter((name) => LEFT_OUT.some(([pattern]) => pattern.test(name)))
    for (const name of left) surface.delete(name)
    // Reading the types found what it was to find.
    expect(surface.size).toBeGreaterThan(80)
    const rows = flat(rowsOf(TABLE))
    const places = flat(surface).filter((place) => !LEFT_OUT.some(([pattern]) => pattern.test(place)))
    expect(places.filter((place) => !rows.includes(place))).toEqual([])
    // A mapped type has no members to read here: its rows are made from the same list of names as the type.
    expect(rows.filter((row) => !places.includes(row) && !/triggerUrls\./.test(row))).toEqual([])
  })

  it('has a row for every challenge and every field that the service may send and the flows read', () => {
    const { challenges, fields } = repliesOf()
    expect(challenges.length).toBeGreaterThan(10)
    for (const name of challenges) expect(Object.keys(REPLIES)).toContain(`reply ${name}`)
    const rows = Object.entries(REPLIES).flatMap(([name, { rules }]) =>
      Object.keys(rules).map((place) => `${name.slice(6)} ${place}`),
    )
    const read = readFields()
    const missing = fields.filter(
      (field) => read.has(field.split(/[. ]/).at(-1) ?? '') && !rows.includes(field) && !inChallenge(field, rows),
    )
    expect(missing).toEqual([])
  })

  it('has a row for every field that the flows read by its name', () => {
    const rows = Object.values(REPLIES).flatMap(({ rules }) =>
      Object.keys(rules).map((place) => place.split('.').at(-1)),
    )
    // Of a saved step and of stored records: the tests of resume and of devices have their tables.
    const own = /^(v|[a-z]\w*|the .*|(Client|Analytics)Metadata|UserContextData)$/
    expect([...readFields()].filter((name) => !rows.includes(name) && !own.test(name))).toEqual([])
  })
})

/** InitiateAuth and RespondToAuthChallenge say the same, and the challenges' rows are of both. */
const inChallenge = (field: string, rows: readonly string[]): boolean =>
  /^(InitiateAuth|RespondToAuthChallenge) /.test(field) && rows.includes(`SMS_MFA ${field.split(' ')[1]}`)

/** Names in `required(…, 'NAME', …)`, `optional` and `parameter`. */
function readFields(): Set<string> {
  const folder = new URL('../../../packages/cognito-srp-flows/src/', import.meta.url)
  const files = readdirSync(folder, { recursive: true }).map(String)
  const found = files
    .filter((file) => file.endsWith('.ts') && !/^(account|session)\b/.test(file))
    .flatMap((file) => {
      const source = readFileSync(new URL(file, folder), 'utf8')
      return [...source.matchAll(/\b(?:required|optional|parameter|date|bytes)\((?:[\w.]+, )?'(\w+)'/g)].map(
        ([, name = '']) => name,
      )
    })
  return new Set([...found, 'CREDENTIAL_REQUEST_OPTIONS'])
}
