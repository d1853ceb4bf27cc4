// Reads vectors/, and watches a sign-in so that its intermediate values can be compared.
import { hkdfSync } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { bigintEngine, signed } from '@srp6a/srp'
import type { Bytes, Claim, Engine, GroupArithmetic } from '@srp6a/srp/cognito'
import { startCognitoClientWithKey } from '@srp6a/srp/testing'
import type { Rejection, Text, Vector } from 'srp6a-vectors/generate/types.js'
import { asDevice } from './claims.js'

export type { Rejection, Text, Vector }

export interface VectorFile {
  readonly oracles: readonly string[]
  readonly vectors: readonly Vector[]
}
export interface RejectionFile {
  readonly oracles: readonly string[]
  readonly base: { readonly inputs: Fields; readonly expected: Fields }
  readonly rejections: readonly Rejection[]
}
export interface TypedFile {
  readonly typed: readonly {
    readonly id: string
    readonly inputs: Readonly<Record<string, Field>>
    readonly expected: Readonly<Record<string, Field>>
  }[]
}
export type Fields = Readonly<Record<string, string>>
type Field = string | readonly string[]

const FOLDER = new URL('../../../../vectors/', import.meta.url)

export const vectorFileNames = (): string[] =>
  readdirSync(fileURLToPath(FOLDER)).filter((name) => name.endsWith('.json') && !/^(package|schema)\.json$/.test(name))

export function readVectors<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))
}

/** A field that must be there: a test never passes for want of data. */
export function field(fields: Fields, name: string): string {
  const value = fields[name]
  if (value === undefined) throw new Error(`the vector has no ${name}`)
  return value
}

/** Lines and groups of digits of a typed value, joined. */
export function typedField(fields: Readonly<Record<string, Field>>, name: string): string {
  const value = fields[name]
  if (value === undefined) throw new Error(`the vector has no ${name}`)
  return (typeof value === 'string' ? value : value.join('')).replaceAll(' ', '')
}

export const expand = (text: Text): string =>
  typeof text === 'string' ? text : `${text.prefix ?? ''}${text.repeat.repeat(text.count)}`

export const bytesOf = (hex: string): Bytes => Uint8Array.from(Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex'))
export const hexOf = (bytes: Bytes): string => Buffer.from(bytes).toString('hex')
/** Lower case and no leading zeros, as `BigInteger.toString(16)` writes it. */
export const integerHex = (value: Bytes | string): string => {
  const hex = (typeof value === 'string' ? value : hexOf(value)).toLowerCase()
  return hex.replace(/^0+(?=.)/, '')
}

/** 16 bytes of HKDF-SHA256 from S and u, encoded by the library. */
export const keyOf = (S: Bytes, u: Bytes): string =>
  hexOf(new Uint8Array(hkdfSync('sha256', signed(S, 384), signed(u, 384), 'Caldera Derived Key', 16)))

/** An engine, telling of every call; secrets are copied, for the library wipes its own. */
export function watchedEngine(
  tell: (method: string, values: Readonly<Record<string, Bytes>>, result: unknown) => void,
  watched: Engine = bigintEngine,
): Engine {
  return {
    name: 'watched',
    group(parameters) {
      const inner = watched.group(parameters)
      const watch =
        <T>(method: string, work: (values: never) => T) =>
        (values: Bytes | Record<string, Bytes>): T => {
          const named = values instanceof Uint8Array ? { value: values } : values
          const copies = Object.fromEntries(Object.entries(named).map(([name, bytes]) => [name, bytes.slice()]))
          const result = work(values as never)
          tell(method, copies, result instanceof Uint8Array ? result.slice() : result)
          return result
        }
      const arithmetic: GroupArithmetic = {
        power: watch('power', inner.power),
        isZeroVarTime: watch('isZeroVarTime', inner.isZeroVarTime),
        clientSecret: watch('clientSecret', inner.clientSecret),
        serverPublicKey: watch('serverPublicKey', inner.serverPublicKey),
        serverSecret: watch('serverSecret', inner.serverSecret),
      }
      return arithmetic
    },
  }
}

export interface SignIn extends Claim {
  readonly A: string
  readonly u: Bytes
  readonly x: Bytes
  readonly S: Bytes
}

/** A whole sign-in with everything given. */
export function signIn(inputs: Fields, watched?: Engine): SignIn {
  let seen: Readonly<Record<string, Bytes>> = {}
  const engine = watchedEngine((method, values, result) => {
    if (method === 'clientSecret') seen = { ...values, S: result as Bytes }
  }, watched)
  const srp = startCognitoClientWithKey(bytesOf(field(inputs, 'privateKey')), { engine })
  const claim = srp.answerDevice(
    asDevice({
      scope: field(inputs, 'scope'),
      userId: field(inputs, 'userId'),
      password: field(inputs, 'password'),
      salt: field(inputs, 'salt'),
      srpB: field(inputs, 'srpB'),
      secretBlock: field(inputs, 'secretBlock'),
      now: new Date(field(inputs, 'now')),
    }),
  )
  const { u, x, S } = seen
  if (u === undefined || x === undefined || S === undefined) throw new Error('the engine was not asked for S')
  return { ...claim, A: srp.srpA, u, x, S }
}
