// Every known-answer vector through the public functions.

import { sha1 } from '@noble/hashes/legacy.js'
import { groups, signed, suites } from '@srp6a/srp'
import {
  type Claim,
  type CognitoAnswer,
  cognitoVerifier,
  type DeviceChallenge,
  formatTimestamp,
  secretHash,
} from '@srp6a/srp/cognito'
import {
  createDeviceVerifierWithPassword,
  enrollWithSalt,
  startClientWithKey,
  startCognitoClientWithKey,
  startCognitoServerWithKey,
  startServerWithKey,
} from '@srp6a/srp/testing'
import devices from 'srp6a-vectors/cognito-devices.json'
import padding from 'srp6a-vectors/cognito-padding.json'
import small from 'srp6a-vectors/cognito-small.json'
import strings from 'srp6a-vectors/cognito-strings.json'
import rejectFile from 'srp6a-vectors/must-reject.json'
import rfcFile from 'srp6a-vectors/rfc5054.json'
import hkdfFile from 'srp6a-vectors/rfc5869.json'
import { bytesOf, type Case, codeOf, equal, field, hexOf, integerHex } from './harness.js'
import type { Settings } from './host.js'

type Fields = Readonly<Record<string, string>>
interface Vector {
  readonly id: string
  readonly kind: string
  readonly inputs: Fields
  readonly expected: Fields
}

/** A challenge under the names of the service. The claim of a device takes any text for a scope; it signs as a user's. */
function question({ scope, userId, password, salt, srpB, secretBlock }: Fields, now: Date): DeviceChallenge {
  const challenge = { SALT: salt, SRP_B: srpB, SECRET_BLOCK: secretBlock }
  return { deviceGroupKey: scope ?? '', deviceKey: userId ?? '', devicePassword: password ?? '', challenge, now }
}

function claimOf({ secretBlock = '', signature = '', timestamp = '' }: Fields): Claim {
  return {
    PASSWORD_CLAIM_SIGNATURE: signature,
    PASSWORD_CLAIM_SECRET_BLOCK: secretBlock,
    TIMESTAMP: timestamp,
  }
}

function answerOf(answer: Fields): CognitoAnswer {
  return { SRP_A: answer.srpA ?? '', ...claimOf(answer) }
}

function checkSignIn({ inputs, expected }: Vector): void {
  const [scope, userId, password] = [field(inputs, 'scope'), field(inputs, 'userId'), field(inputs, 'password')]
  const [salt, srpB, secretBlock] = [field(inputs, 'salt'), field(inputs, 'srpB'), field(inputs, 'secretBlock')]
  const srp = startCognitoClientWithKey(bytesOf(field(inputs, 'privateKey')))
  equal(integerHex(srp.srpA), field(expected, 'A'), 'A')
  const now = new Date(field(inputs, 'now'))
  const claim = srp.answerDevice(question({ scope, userId, password, salt, srpB, secretBlock }, now))
  const right = claimOf({
    secretBlock,
    signature: field(expected, 'signature'),
    timestamp: field(expected, 'timestamp'),
  })
  equal(claim, right, 'claim')
  if (inputs.serverPrivateKey === undefined) return
  const verifier = cognitoVerifier({ scope, userId, password, salt })
  const server = startCognitoServerWithKey({ scope, userId, salt, verifier }, bytesOf(inputs.serverPrivateKey))
  equal(server.SRP_B, integerHex(srpB), 'B')
  const answer = { SRP_A: srp.srpA, ...claim }
  const signature = claim.PASSWORD_CLAIM_SIGNATURE
  const other = `${signature[0] === 'A' ? 'B' : 'A'}${signature.slice(1)}`
  equal(
    codeOf(() => server.verify(answer)),
    'none',
    'verify',
  )
  equal(
    codeOf(() => server.verify({ ...answer, PASSWORD_CLAIM_SIGNATURE: other })),
    'wrong-proof',
    'verify of a wrong signature',
  )
}

const CHECKS: Readonly<Record<string, (vector: Vector) => void>> = {
  user: checkSignIn,
  device: checkSignIn,
  'device-verifier'({ inputs, expected }) {
    const [deviceGroupKey, deviceKey] = [field(inputs, 'deviceGroupKey'), field(inputs, 'deviceKey')]
    const devicePassword = field(inputs, 'devicePassword')
    const salt = bytesOf(field(inputs, 'salt'))
    const made = createDeviceVerifierWithPassword({ deviceGroupKey, deviceKey, devicePassword, salt })
    const [Salt, PasswordVerifier] = [field(expected, 'salt'), field(expected, 'passwordVerifier')]
    equal(made, { devicePassword, Salt, PasswordVerifier }, 'verifier')
  },
  timestamp: ({ inputs, expected }) =>
    equal(formatTimestamp(new Date(field(inputs, 'now'))), field(expected, 'timestamp'), 'TIMESTAMP'),
  'secret-hash'({ inputs, expected }) {
    const [username, clientId] = [field(inputs, 'username'), field(inputs, 'clientId')]
    const hash = secretHash({ username, clientId, clientSecret: field(inputs, 'clientSecret') })
    equal(hash, field(expected, 'secretHash'), 'SECRET_HASH')
  },
  'signed-bytes': ({ inputs, expected }) =>
    equal(hexOf(signed(bytesOf(field(inputs, 'hex')), 0)), field(expected, 'bytes'), 'encoding'),
}

function skipped({ kind, inputs }: Vector): string | undefined {
  if (kind === 'signed-bytes' && inputs.hex?.startsWith('-')) {
    return 'negative integers have no public encoder; the vectors with negative salts cover them'
  }
  return undefined
}

const FILES: Readonly<Record<string, { vectors: unknown }>> = {
  'cognito-padding': padding,
  'cognito-strings': strings,
  'cognito-devices': devices,
  'cognito-small': small,
}

/** @param settings take every nth only of what costs time */
export function vectorCases({ every, everyRejection }: Settings): Case[] {
  const cases: Case[] = []
  let seen = 0
  for (const [file, { vectors }] of Object.entries(FILES)) {
    for (const vector of vectors as Vector[]) {
      if (vector.kind === 'user' && seen++ % every > 0) continue
      const check = CHECKS[vector.kind]
      const run = () => {
        if (check === undefined) throw new Error(`nothing is known of the kind ${vector.kind}`)
        check(vector)
      }
      cases.push({ name: `${file}, ${vector.id}`, run, skip: skipped(vector) })
    }
  }
  return cases.concat(rejections(everyRejection), rfcCases())
}

type Text = string | { readonly prefix?: string; readonly repeat: string; readonly count: number }

function expand(text: Text): string {
  if (typeof text === 'string') return text
  let whole = text.prefix ?? ''
  for (let i = 0; i < text.count; i++) whole += text.repeat
  return whole
}

function rejections(every: number): Case[] {
  const { inputs, expected } = rejectFile.base as { inputs: Fields; expected: Fields }
  const [scope, userId, salt] = [field(inputs, 'scope'), field(inputs, 'userId'), field(inputs, 'salt')]
  const password = field(inputs, 'password')
  const challenge = {
    scope,
    userId,
    password,
    salt,
    srpB: field(inputs, 'srpB'),
    secretBlock: field(inputs, 'secretBlock'),
  }
  const now = new Date(field(inputs, 'now'))
  const answer = {
    srpA: field(expected, 'A'),
    secretBlock: field(inputs, 'secretBlock'),
    signature: field(expected, 'signature'),
    timestamp: field(expected, 'timestamp'),
  }
  const taken = rejectFile.rejections.filter((_, i) => i % every === 0)
  return taken.map((rejection) => ({
    name: `must-reject, ${rejection.target}, ${rejection.id}`,
    run() {
      const changed: Record<string, string> = {}
      for (const name of Object.keys(rejection.inputs)) {
        changed[name] = expand((rejection.inputs as unknown as Record<string, Text>)[name] ?? '')
      }
      const { code } = rejection.expected
      // Afterwards the same handshake goes on as if nothing had been.
      if (rejection.target === 'claim') {
        const srp = startCognitoClientWithKey(bytesOf(field(inputs, 'privateKey')))
        equal(
          codeOf(() => srp.answerDevice(question({ ...challenge, ...changed }, now))),
          code,
          'code',
        )
        equal(srp.answerDevice(question(challenge, now)), claimOf(answer), 'claim')
      } else {
        const verifier = cognitoVerifier({ scope, userId, password, salt })
        const server = startCognitoServerWithKey(
          { scope, userId, salt, verifier },
          bytesOf(field(inputs, 'serverPrivateKey')),
        )
        equal(
          codeOf(() => server.verify(answerOf({ ...answer, ...changed }))),
          code,
          'code',
        )
        equal(
          codeOf(() => server.verify(answerOf(answer))),
          'none',
          'verify',
        )
      }
    },
  }))
}

function rfcCases(): Case[] {
  const joined = (value: unknown): string => (Array.isArray(value) ? value.join('') : String(value)).replace(/ /g, '')
  const rfc5054 = rfcFile.typed.map(({ id, inputs, expected }) => ({
    name: `rfc5054, ${id}`,
    run() {
      const suite = suites.rfc5054With(groups.rfc5054_1024, sha1)
      const [username, password] = [joined(inputs.I), joined(inputs.P)]
      const record = enrollWithSalt(suite, { username, password }, bytesOf(joined(inputs.s)))
      equal(hexOf(record.verifier), joined(expected.v).toLowerCase(), 'v')
      const client = startClientWithKey(suite, bytesOf(joined(inputs.a)))
      const server = startServerWithKey(suite, record, bytesOf(joined(inputs.b)))
      equal(hexOf(client.clientPublicKey), joined(expected.A).toLowerCase(), 'A')
      equal(hexOf(server.serverPublicKey), joined(expected.B).toLowerCase(), 'B')
      const answer = client.answer({ username, password, ...server })
      const reply = server.verify(answer)
      const { sessionKey } = reply
      equal(hexOf(answer.confirm(reply).sessionKey), hexOf(sessionKey), 'K')
      // K of RFC 2945 is the hash of S.
      equal(hexOf(sessionKey), hexOf(sha1(bytesOf(joined(expected.S)))), 'K')
    },
  }))
  const rfc5869 = hkdfFile.typed.map(({ id }) => ({
    name: `rfc5869, ${id}`,
    run: () => {},
    skip: 'HKDF has no public function; every sign-in vector goes through it',
  }))
  return [...rfc5054, ...rfc5869]
}
