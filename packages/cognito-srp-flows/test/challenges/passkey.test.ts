import { resume, signIn } from 'cognito-srp-flows'
import { describe, expect, it } from 'vitest'
import { challenge, clientWith, expectKind, scripted, TOKENS } from '../scripted.js'

const OPTIONS = {
  challenge: '-_8A',
  rpId: 'example.com',
  timeout: 60000,
  userVerification: 'preferred',
  allowCredentials: [{ id: 'AQID', type: 'public-key', transports: ['internal'] }],
}
const bytes = (...values: number[]) => Uint8Array.from(values)

async function asked(options: unknown = OPTIONS) {
  const parameters = { USERNAME: 'alice', CREDENTIAL_REQUEST_OPTIONS: JSON.stringify(options) }
  const service = scripted(challenge('WEB_AUTHN', parameters), TOKENS)
  const client = clientWith(service.api)
  const step = await signIn(client, { username: 'alice', flow: 'USER_AUTH', preferredChallenge: 'WEB_AUTHN' })
  const credential = () => {
    const responses = service.requests.at(-1)?.input.ChallengeResponses as Record<string, string>
    return JSON.parse(responses.CREDENTIAL ?? '')
  }
  return { client, step: expectKind(step, 'passkey'), credential, ...service }
}

/** As a browser gives it: getters on a prototype, buffers of another realm. */
class BrowserCredential {
  get id() {
    return 'AQID'
  }
  get rawId() {
    return bytes(1, 2, 3).buffer
  }
  get type() {
    return 'public-key'
  }
  get authenticatorAttachment() {
    return 'platform'
  }
  get response() {
    class Response {
      get authenticatorData() {
        return bytes(251, 255).buffer
      }
      get clientDataJSON() {
        return bytes(123, 125).buffer
      }
      get signature() {
        return bytes(0).buffer
      }
      get userHandle() {
        return null
      }
    }
    return new Response()
  }
  getClientExtensionResults() {
    return { credProps: { rk: true } }
  }
}
const SERIALISED = {
  id: 'AQID',
  rawId: 'AQID',
  type: 'public-key',
  response: { authenticatorData: '-_8', clientDataJSON: 'e30', signature: 'AA' },
  authenticatorAttachment: 'platform',
  clientExtensionResults: { credProps: { rk: true } },
}

describe('WEB_AUTHN', () => {
  it('gives the options as navigator.credentials.get takes them, and as they came', async () => {
    const { step, client } = await asked()
    expect(step.request).toEqual({
      ...OPTIONS,
      challenge: bytes(251, 255, 0).buffer,
      allowCredentials: [{ id: bytes(1, 2, 3).buffer, type: 'public-key', transports: ['internal'] }],
    })
    expect(JSON.parse(step.requestJson)).toEqual(OPTIONS)
    expect(expectKind(resume(client, step.save()), 'passkey').request).toEqual(step.request)
  })

  it('asks for the preferred challenge', async () => {
    const { requests } = await asked()
    expect(requests[0]?.input).toMatchObject({
      AuthFlow: 'USER_AUTH',
      AuthParameters: { USERNAME: 'alice', PREFERRED_CHALLENGE: 'WEB_AUTHN' },
    })
  })

  it('serialises what the browser returns', async () => {
    const { step, credential } = await asked()
    await step.answer(new BrowserCredential())
    expect(credential()).toEqual(SERIALISED)
  })

  it('takes the same as base64url texts, as bytes, and as JSON', async () => {
    for (const given of [
      SERIALISED,
      JSON.stringify(SERIALISED),
      { ...SERIALISED, rawId: bytes(0, 1, 2, 3).subarray(1) },
    ]) {
      const { step, credential } = await asked()
      await step.answer(given)
      expect(credential()).toEqual(SERIALISED)
    }
  })

  it('passes the user handle on', async () => {
    const { step, credential } = await asked()
    await step.answer({ ...SERIALISED, response: { ...SERIALISED.response, userHandle: bytes(7) } })
    expect(credential().response.userHandle).toBe('Bw')
  })

  it.each([null, undefined, 1, {}, { response: 1 }, { ...SERIALISED, rawId: 5 }])('refuses %j', async (given) => {
    const { step, requests } = await asked()
    await expect(step.answer(given as never)).rejects.toThrow(/^credential: expected/)
    expect(requests).toHaveLength(1)
  })

  it.each([
    [{}, 'challenge is missing'],
    [[], 'CREDENTIAL_REQUEST_OPTIONS has the wrong type'],
    [{ challenge: 5 }, 'challenge has the wrong type'],
    [{ challenge: '!' }, 'challenge is not base64url'],
    [{ ...OPTIONS, allowCredentials: [{}] }, 'id is missing'],
    [{ ...OPTIONS, allowCredentials: 'x' }, 'allowCredentials has the wrong type'],
  ])('names what is wrong with %j', async (options, message) => {
    await expect(asked(options)).rejects.toMatchObject({ code: 'bad-reply', message })
  })
})
