// The presets with the answers that are known of them.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { sha1 } from '@noble/hashes/legacy.js'
import { groups, type Suite, suites } from '@srp6a/srp'
import type { KnownAnswers } from './handshakes.js'

export const PRESETS: readonly Suite[] = [
  suites.rfc5054,
  suites.hap,
  suites.hapFastSrp,
  suites.appleGsa,
  suites.secureRemotePassword,
  suites.nodeSrp,
  suites.nodeSrpWith(groups.rfc5054_1024, sha1),
  suites.jsrp,
  suites.jsrpWith(groups.rfc5054_1024, sha1),
  suites.nimbus,
  suites.thinbus,
  suites.pysrp,
  suites.pysrpRfc5054,
  suites.srptools,
  suites.bouncyCastle,
  suites.rustCrypto,
  suites.rustCryptoLegacy,
  suites.srpNet,
  suites.swiftSrp,
  suites.goSrp,
]

const file: { readonly answers: readonly KnownAnswers[] } = JSON.parse(
  readFileSync(new URL('known-answers.json', import.meta.url), 'utf8'),
)
export const answers: readonly KnownAnswers[] = file.answers

export function answersOf(suite: Suite): KnownAnswers {
  const found = answers.find(({ suite: name }) => name === suite.name)
  if (!found) throw new Error(`known-answers.json has nothing of ${suite.name}`)
  return found
}

/** Integers are compared without their leading zeros: peers differ in how they send them. */
const trim = (bytes: Uint8Array): Uint8Array => bytes.subarray(bytes.findIndex((byte) => byte > 0))
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

export type AnswerFields = Pick<KnownAnswers['handshakes'][number], 'vSha256' | 'bSha256' | 'kSha256' | 'M1' | 'M2'>

/** A handshake in the form of known-answers.json. */
export function fieldsOf(of: { readonly [name in 'v' | 'B' | 'K' | 'M1' | 'M2']: Uint8Array }): AnswerFields {
  return {
    vSha256: sha256(trim(of.v)),
    bSha256: sha256(trim(of.B)),
    kSha256: sha256(of.K),
    M1: hex(trim(of.M1)),
    M2: hex(trim(of.M2)),
  }
}
