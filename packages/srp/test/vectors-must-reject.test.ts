// Everything that must be refused is refused with its code, and changes nothing: the same handshake then goes on.
import { cognitoVerifier, SrpError } from '@srp6a/srp/cognito'
import { startCognitoClientWithKey, startCognitoServerWithKey } from '@srp6a/srp/testing'
import { describe, expect, it } from 'vitest'
import { asAnswer, asDevice } from './support/claims.js'
import { share } from './support/share.js'
import {
  bytesOf,
  expand,
  field,
  type Rejection,
  type RejectionFile,
  readVectors,
  watchedEngine,
} from './support/vectors.js'

const { base, rejections } = readVectors<RejectionFile>('must-reject.json')
const input = (name: string) => field(base.inputs, name)
const expected = (name: string) => field(base.expected, name)

/** The engine, and how often it was asked to do more than compare with 0. */
function counting() {
  const calls: string[] = []
  const engine = watchedEngine((method) => {
    calls.push(method)
  })
  return { engine, calls }
}

function refusal(work: () => unknown): SrpError {
  try {
    work()
  } catch (error) {
    expect(error).toBeInstanceOf(SrpError)
    return error as SrpError
  }
  throw new Error('it was accepted')
}

const changed = ({ inputs }: Rejection): Record<string, string> =>
  Object.fromEntries(Object.entries(inputs).map(([name, text]) => [name, expand(text)]))

/**
 * List the calls of the engine that a refusal may need. A text that is no number, or too long for one, is refused
 * before the engine sees it; a multiple of N is seen to be one.
 */
const allowedCalls = ({ expected: { code } }: Rejection) => (code === 'invalid-public-key' ? ['isZeroVarTime'] : [])

function checkMessage(error: SrpError, values: Record<string, string>): void {
  expect(error.message.length).toBeLessThan(200)
  for (const value of Object.values(values)) {
    if (value.length > 6) expect(error.message).not.toContain(value)
  }
}

function checkClaim(rejection: Rejection): void {
  const { engine, calls } = counting()
  const srp = startCognitoClientWithKey(bytesOf(input('privateKey')), { engine })
  const challenge = {
    scope: input('scope'),
    userId: input('userId'),
    password: input('password'),
    salt: input('salt'),
    srpB: input('srpB'),
    secretBlock: input('secretBlock'),
    now: new Date(input('now')),
  }
  calls.length = 0
  const error = refusal(() => srp.answerDevice(asDevice({ ...challenge, ...changed(rejection) })))
  expect(error.code).toBe(rejection.expected.code)
  expect(calls).toEqual(allowedCalls(rejection))
  checkMessage(error, changed(rejection))
  expect(srp.answerDevice(asDevice(challenge)).PASSWORD_CLAIM_SIGNATURE).toBe(expected('signature'))
}

function checkServer(rejection: Rejection): void {
  const [scope, userId, salt] = [input('scope'), input('userId'), input('salt')]
  const verifier = cognitoVerifier({ scope, userId, password: input('password'), salt })
  const { engine, calls } = counting()
  const record = { scope, userId, salt, verifier }
  const server = startCognitoServerWithKey(record, bytesOf(input('serverPrivateKey')), { engine })
  const answer = {
    srpA: expected('A'),
    secretBlock: input('secretBlock'),
    signature: expected('signature'),
    timestamp: expected('timestamp'),
  }
  calls.length = 0
  const error = refusal(() => server.verify(asAnswer({ ...answer, ...changed(rejection) })))
  expect(error.code).toBe(rejection.expected.code)
  expect(calls).toEqual(allowedCalls(rejection))
  checkMessage(error, changed(rejection))
  server.verify(asAnswer(answer))
}

describe('must-reject.json', () => {
  const rows = rejections.map((rejection) => {
    const { target, id, condition, expected } = rejection
    return { rejection, title: `${target}, ${id}: ${condition}: ${expected.code}` }
  })
  it.each(share(rows, 3))('$title', ({ rejection }) => {
    if (rejection.target === 'claim') checkClaim(rejection)
    else checkServer(rejection)
  })
})
