import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { usage } from './failure.js'
import { OPTIONS, type Option } from './options.js'
import { checkOwn } from './own-profiles.js'

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

/** Name where to look for settings, and for which. */
export interface Wanted {
  readonly cwd: string
  /** The file that --config names. */
  readonly named: string | undefined
  /** The file that `configure` writes. */
  readonly own: string | undefined
  readonly profileName: string | undefined
  /** The name may be that of a profile of AWS credentials instead. */
  readonly isAwsProfile: boolean
}

/**
 * Read the file that was named; else ./cognito.json if it is there, else the user's own, which also has the profiles that
 * ./cognito.json lacks.
 */
export function readConfigFile({ cwd, named, own, profileName, isAwsProfile }: Wanted): ConfigFile | undefined {
  const hasOwn = named === undefined && own !== undefined && existsSync(own)
  const takesOwn = hasOwn && (!existsSync(resolve(cwd, 'cognito.json')) || onlyOwnHas(cwd, own, profileName))
  if (takesOwn) {
    checkOwn(own)
    return readOne(cwd, own, profileName, isAwsProfile)
  }
  return readOne(cwd, named, profileName, isAwsProfile)
}

/** Tell whether a profile is in the user's own file and not in ./cognito.json. */
function onlyOwnHas(cwd: string, own: string, name: string | undefined): boolean {
  return (
    name !== undefined && !profileNames(resolve(cwd, 'cognito.json')).includes(name) && profileNames(own).includes(name)
  )
}

function profileNames(path: string): string[] {
  const { profiles } = object(parse(path, readFileSync(path, 'utf8')), path)
  return Object.keys(object(profiles ?? {}, `${path}: profiles`))
}

function readOne(
  cwd: string,
  named: string | undefined,
  profileName: string | undefined,
  isAwsProfile: boolean,
): ConfigFile | undefined {
  const path = resolve(cwd, named ?? 'cognito.json')
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' && !named) {
      if (profileName && !isAwsProfile)
        throw usage(
          `There is no ${path}, so there is no profile in it.`,
          'Make one: cognito-srp configure --profile NAME. Or name another file by --config.',
        )
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

/** All that a file may set which no one has named. */
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

/** Read a whole file of profiles, to add to it. */
export function readProfiles(path: string): Record<string, unknown> & { profiles: Record<string, unknown> } {
  const { profiles, ...rest } = object(parse(path, readFileSync(path, 'utf8')), path)
  return { ...rest, profiles: object(profiles ?? {}, `${path}: profiles`) }
}
