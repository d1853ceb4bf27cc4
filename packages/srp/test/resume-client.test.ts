import { resumeClient, resumeServer, startClient, startServer, suites } from '@srp6a/srp'
import { expect, it } from 'vitest'
import { outcome } from './support/codes.js'
import { password, record, suite, username } from './support/tiny.js'

it('a client continues where save left it, once, and with its own half and suite alone', () => {
  const client = startClient(suite)
  const state = client.save()
  const server = startServer(suite, record)
  const resumed = resumeClient(suite, state)
  expect(resumed.clientPublicKey).toEqual(client.clientPublicKey)
  const answer = resumed.answer({ username, password, ...server })
  const saved = server.save()
  const reply = resumeServer(suite, saved).verify(answer)
  expect(reply.username).toBe(username)
  expect(answer.confirm(reply).sessionKey).toEqual(reply.sessionKey)
  expect(outcome(() => resumed.save())).toBe('used-twice')
  expect(outcome(() => resumeClient(suite, saved))).toBe('invalid-state')
  expect(outcome(() => resumeServer(suite, state))).toBe('invalid-state')
  expect(outcome(() => resumeClient(suites.rfc5054, state))).toBe('invalid-state')
  for (let length = 0; length < state.length; length++)
    expect(outcome(() => resumeClient(suite, state.subarray(0, length)))).toBe('invalid-state')
  expect(outcome(() => resumeClient(suite, 'x' as never))).toBe('TypeError')
})
