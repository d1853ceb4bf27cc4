import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { usage } from './failure.js'
import { OPTIONS, type Option } from './options.js'

/** Settings by their names in the file, e.g. `userPoolId`. */
export type FileSettings = Readonly<Record<string, string | boolean>>

export interface ConfigFile {
  readonly path: string
  /** Found in the current folder, and not named by anybody. */
  readonly found: boolean
  readonly settings: FileSettings
  readonly profile: FileSettings
}

const TYPES = new Map(
  Object.values<Option>(OPTIONS).flatMap(({ key, type }) => (key ? [[key, type] as const] : [])),
).set('clientSecret', 'string')

/** The file that was named, or ./cognito.json if it is there; undefined when there is neither. */
export function readConfigFile(
  cwd: string,
  named: string | undefined,
  profileName: string | undefined,
  isAwsProfile = false,
): ConfigFile | undefined {
  const path = resolve(cwd, named ?? 'cognito.json')
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' && !named) {
      if (profileName && !isAwsProfile)
        throw usage(`There is no ${path}, so there is no profile in it.`, 'Name another file by --config.')
      return undefined
    }
    throw usage(`Cannot read ${path}${code ? ` (${code})` : ''}.`)
  }
  const { profiles, defaultProfile, ...settings } = object(parse(path, text), path)
  check(settings, path)
  const found = !named
  if (found) checkFound(settings, path)
  if (profiles === undefined && !profileName) return { path, found, settings, profile: {} }
  const all = object(profiles ?? {}, `${path}: profiles`)
  for (const [name, profile] of Object.entries(all))
    check(object(profile, `${path}: profiles.${name}`), `${path}: profiles.${name}`)
  const name = profileName ?? defaultProfile
  if (name === undefined) return { path, found, settings, profile: {} }
  if (isAwsProfile && profileName !== undefined && !Object.hasOwn(all, profileName)) {
    return { path, found, settings, profile: {} }
  }
  if (typeof name !== 'string' || !Object.hasOwn(all, name)) {
    const there = Object.keys(all)
    throw usage(
      `${path} has no profile ${String(name)}.`,
      there.length ? `It has: ${there.join(', ')}` : 'It has no profiles.',
    )
  }
  const profile = all[name] as FileSettings
  if (found) checkFound(profile, path)
  return { path, found, settings, profile }
}

/** All that a file may set which nobody has named. */
const IDS = /^(userPoolId|region|clientId|username)$/

/** @throws Failure `usage` for a setting that decides where secrets go, or what is done with them */
function checkFound(settings: object, path: string): void {
  const more = Object.keys(settings).filter((name) => !IDS.test(name))
  if (more.length === 0) return
  throw usage(
    `${path} sets ${more.join(', ')}.`,
    'A file that happens to lie in the folder may set ids only: userPoolId, region, clientId, username.',
    'If you trust it, name it: --config cognito.json, or COGNITO_CONFIG.',
  )
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own message would quote the file, and there may be a client secret in it.
    throw usage(`${path} is not JSON.`)
  }
}

function object(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value && !Array.isArray(value)) return value as Record<string, unknown>
  throw usage(`${what} must be an object.`)
}

function check(settings: Record<string, unknown>, where: string): asserts settings is Record<string, string | boolean> {
  for (const [name, value] of Object.entries(settings)) {
    if (/^pass(word|wd)?$/i.test(name)) {
      throw usage(`${where}: a file like this is no place for a password.`, 'Use --password-stdin or COGNITO_PASSWORD.')
    }
    const type = TYPES.get(name)
    if (!type)
      throw usage(
        `${where}: ${name} is not a known setting.`,
        `Known: ${[...TYPES.keys()].join(', ')}, profiles, defaultProfile`,
      )
    if (typeof value !== type) throw usage(`${where}: ${name} must be a ${type}.`)
    if (value === '') throw usage(`${where}: ${name} is empty.`)
  }
}
