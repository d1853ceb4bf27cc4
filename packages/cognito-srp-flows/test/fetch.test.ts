import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { signIn } from 'cognito-srp-flows'
import { type FetchApiOptions, fetchApi } from 'cognito-srp-flows/fetch'
import { describe, expect, it } from 'vitest'
import { clientWith, expectSignedIn, TOKENS } from './scripted.js'

interface Sent {
  url: string
  method: string
  headers: Record<string, string>
  body: unknown
}
type Answer = Response | Error | ((signal: AbortSignal) => Promise<Response>)

/** A network that answers as the test says, an API over it, and what was sent and waited for. */
function network(answers: Answer[], options: Partial<FetchApiOptions> = {}) {
  const sent: Sent[] = []
  const waits: number[] = []
  const api = fetchApi({
    region: 'eu-west-1',
    fetch: async (
      url: string,
      {
        method,
        headers,
        body,
        signal,
      }: RequestInit & { headers: Record<string, string>; body: string; signal: AbortSignal },
    ) => {
      sent.push({ url, method: method ?? '', headers, body: JSON.parse(body) })
      const answer = answers.shift()
      if (!answer) throw new Error('no answer is scripted')
      if (answer instanceof Error) throw answer
      return typeof answer === 'function' ? answer(signal) : answer
    },
    wait: async (seconds: number) => waits.push(seconds),
    ...options,
  } as FetchApiOptions)
  return { api, sent, waits }
}

const ok = (body: unknown = TOKENS) => new Response(JSON.stringify(body))
const refusal = (name: string, status = 400, headers = {}) =>
  new Response(JSON.stringify({ __type: name, message: 'the message' }), { status, headers })

describe('the wire', () => {
  it('is what the service documents', async () => {
    const { api, sent } = network([ok({ Hello: 1 })])
    expect(await api.call('InitiateAuth', { ClientId: 'c', Session: undefined })).toEqual({ Hello: 1 })
    expect(sent).toEqual([
      {
        url: 'https://cognito-idp.eu-west-1.amazonaws.com/',
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
          'cache-control': 'no-store',
        },
        body: { ClientId: 'c' },
      },
    ])
  })

  it('goes to the endpoint it is given, and takes an empty reply', async () => {
    const { api, sent } = network([new Response('')], { endpoint: 'http://127.0.0.1:9229' } as object)
    expect(await api.call('ForgetDevice', {})).toEqual({})
    expect(sent[0]?.url).toBe('http://127.0.0.1:9229')
  })

  it('carries a sign-in', async () => {
    const { api } = network([ok()])
    const client = clientWith(api, { userPoolId: 'eu-west-1_AbCdEfGhI' })
    expectSignedIn(await signIn(client, { username: 'a', flow: 'CUSTOM_AUTH' }))
  })

  it.each([
    [{ region: 'evil.example/#' }, RangeError, /^region: /],
    [{ region: '' }, RangeError, /^region: /],
    [{ region: undefined }, RangeError, /^region: /],
    [{ endpoint: 'ftp://x' }, RangeError, /^endpoint: /],
    [{ endpoint: '' }, RangeError, /^endpoint: /],
    [{ region: 'eu-west-1', fetch: 'x' }, TypeError, /^fetch: /],
  ])('refuses %j', (options, kind, message) => {
    const make = () => fetchApi(options as never)
    expect(make).toThrow(kind)
    expect(make).toThrow(message)
  })

  it.each(['us-east-1', 'us-gov-west-1', 'ap-southeast-7', 'mx-central-1'])('takes the region %s', (region) => {
    expect(() => fetchApi({ region })).not.toThrow()
  })
})

describe('exceptions of the service', () => {
  it('have a name soon, however long the one that came is', async () => {
    const { api } = network([new Response(JSON.stringify({ __type: `${'a'.repeat(1_000_000)}#` }), { status: 400 })])
    const began = performance.now()
    await expect(api.call('InitiateAuth', {})).rejects.toMatchObject({ name: 'a'.repeat(256) })
    expect(performance.now() - began).toBeLessThan(2000)
  })

  it.each([
    [{ __type: 'NotAuthorizedException', message: 'm' }, {}],
    [{ __type: 'com.amazonaws#NotAuthorizedException', Message: 'm' }, {}],
    [{ message: 'm' }, { 'x-amzn-errortype': 'NotAuthorizedException:' }],
    [{ message: 'm' }, { 'x-amzn-errortype': 'NotAuthorizedException:http://internal/' }],
    [{}, { 'x-amzn-errortype': 'NotAuthorizedException', 'x-amzn-errormessage': 'm' }],
  ])('are shaped as the SDK shapes them: %j %j', async (body, headers) => {
    const { api } = network([
      new Response(JSON.stringify(body), { status: 400, headers: { ...headers, 'x-amzn-requestid': 'r-1' } }),
    ])
    const error = await api.call('InitiateAuth', {}).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({
      name: 'NotAuthorizedException',
      message: 'm',
      $fault: 'client',
      $metadata: { httpStatusCode: 400, requestId: 'r-1', attempts: 1 },
    })
  })

  it.each([[true], [7], [{}], [['a']], [''], ['#'], ['\u0000'], [`${'a'.repeat(300)}#Ended:x`]])(
    'have a name, whatever stands in its place: %j',
    async (__type) => {
      const { api } = network([new Response(JSON.stringify({ __type, message: 'm' }), { status: 400 })])
      await expect(api.call('InitiateAuth', {})).rejects.toMatchObject({
        name: typeof __type === 'string' && __type.length > 200 ? 'a'.repeat(256) : 'UnknownError',
        message: 'm',
      })
    },
  )

  it('that are invalid keep the status', async () => {
    const { api } = network([new Response('<html>Bad gateway</html>', { status: 502 })])
    const failed = api.call('InitiateAuth', {})
    await expect(failed).rejects.toMatchObject({ name: 'UnknownError', message: 'HTTP 502', $fault: 'server' })
  })

  it.each(['<html>', '5', '"x"', 'null'])('a reply that is no JSON object (%s) is a bad reply', async (body) => {
    const { api } = network([new Response(body)])
    await expect(api.call('InitiateAuth', {})).rejects.toMatchObject({ name: 'FlowError', code: 'bad-reply' })
  })
})

describe('what goes out again', () => {
  it.each([
    ['TooManyRequestsException', 400],
    ['ThrottlingException', 400],
    ['RequestLimitExceeded', 400],
    ['', 429],
    ['ServiceUnavailable', 503],
  ])('%s %d: after waits that double, and are random', async (name, status) => {
    const { api, sent, waits } = network([refusal(name, status), refusal(name, status), ok()])
    expect(await api.call('RespondToAuthChallenge', { ClientId: 'c' })).toEqual(TOKENS)
    expect(sent).toHaveLength(3)
    expect(waits[0]).toBeGreaterThanOrEqual(0.1)
    expect(waits[0]).toBeLessThanOrEqual(0.2)
    expect(waits[1]).toBeGreaterThanOrEqual(0.2)
    expect(waits[1]).toBeLessThanOrEqual(0.4)
  })

  it('gives up after three attempts, with the exception of the last', async () => {
    const throttled = () => refusal('TooManyRequestsException')
    const { api, sent } = network([throttled(), throttled(), throttled(), ok()])
    const failed = api.call('InitiateAuth', {})
    await expect(failed).rejects.toMatchObject({ name: 'TooManyRequestsException', $metadata: { attempts: 3 } })
    expect(sent).toHaveLength(3)
  })

  it('waits as long as the service says, within reason', async () => {
    const after = (seconds: string) => refusal('', 503, { 'retry-after': seconds })
    const { api, waits } = network([after('2'), after('3600'), ok()])
    await api.call('InitiateAuth', {})
    expect(waits).toEqual([2, 20])
  })

  it.each([
    ['InternalErrorException', 500],
    ['NotAuthorizedException', 400],
    ['LimitExceededException', 400],
    ['CodeMismatchException', 400],
    ['', 502],
  ])('%s %d does not', async (name, status) => {
    const { api, sent } = network([refusal(name, status), ok()])
    await expect(api.call('RespondToAuthChallenge', {})).rejects.toThrow()
    expect(sent).toHaveLength(1)
  })

  it('a lost connection does not: the request may have been carried out', async () => {
    const cause = new TypeError('fetch failed')
    const { api, sent } = network([cause, ok()])
    await expect(api.call('InitiateAuth', {})).rejects.toMatchObject({ name: 'FlowError', code: 'network', cause })
    expect(sent).toHaveLength(1)
  })
})

describe('time', () => {
  const never: Answer = (signal) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

  it('runs out', async () => {
    const { api } = network([never], { timeout: 0.02 })
    await expect(api.call('InitiateAuth', {})).rejects.toMatchObject({ name: 'FlowError', code: 'timeout' })
  })

  it('runs out while the body is on its way', async () => {
    const slow: Answer = async (signal) => {
      const body = new ReadableStream({
        start: (stream) => signal.addEventListener('abort', () => stream.error(signal.reason)),
      })
      return new Response(body)
    }
    const { api } = network([slow], { timeout: 0.02 })
    await expect(api.call('InitiateAuth', {})).rejects.toMatchObject({ code: 'timeout' })
  })

  it('ends when the caller says so, with the reason the caller gave', async () => {
    const controller = new AbortController()
    const { api } = network([never], { timeout: 0 })
    const failed = api.call('InitiateAuth', {}, controller.signal)
    const reason = new Error('the user went away')
    controller.abort(reason)
    await expect(failed).rejects.toBe(reason)
  })

  it('leaves no timer and no listener behind', async () => {
    const { signal } = new AbortController()
    let listeners = 0
    const counted = new Proxy(signal, {
      get(target, name) {
        if (name === 'addEventListener') listeners++
        if (name === 'removeEventListener') listeners--
        const value = Reflect.get(target, name, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const { api } = network([ok()])
    await api.call('InitiateAuth', {}, counted)
    expect(listeners).toBe(0)
  })
})

describe('where a request goes', () => {
  // The SDK's own data of the partitions decide.
  const hostOf = (region: string) =>
    new CognitoIdentityProviderClient({ region }).config.endpointProvider({
      Region: region,
      UseDualStack: false,
      UseFIPS: false,
    }).url.host
  it.each([
    ...[
      'us-east-1',
      'cn-north-1',
      'cn-northwest-1',
      'us-gov-west-1',
      'eusc-de-east-1',
      'us-iso-east-1',
      'us-isob-east-1',
    ],
    ...['us-isof-south-1', 'eu-isoe-west-1', 'mx-central-1', 'il-central-1', 'ap-southeast-7'],
  ])('%s: to the host that the SDK takes', async (region) => {
    const { api, sent } = network([ok(), ok()], { region })
    await api.call('InitiateAuth', {})
    expect(sent[0]?.url).toBe(`https://${hostOf(region)}/`)
    expect(api.region).toBe(region)
  })

  it('takes the region from the user pool id, and refuses one that contradicts it', () => {
    expect(fetchApi({ userPoolId: 'eu-west-1_AbC' }).region).toBe('eu-west-1')
    expect(() => fetchApi({ userPoolId: 'eu-west-1_AbC', region: 'us-east-1' })).toThrow(
      new RangeError('region: expected eu-west-1, the region of userPoolId'),
    )
    expect(() => fetchApi({ userPoolId: 'AbC' })).toThrow(/userPoolId/)
  })

  it('a user pool of another region is refused before any request', async () => {
    const { api, sent } = network([ok()])
    const failed = signIn(clientWith(api), { username: 'a', password: 'p' })
    await expect(failed).rejects.toThrow(/^client\.userPoolId: expected a user pool of eu-west-1/)
    expect(sent).toHaveLength(0)
  })

  it.each([301, 302, 307, 308])('a redirect (%d) is refused, and the error names the host', async (status) => {
    const { api, sent } = network([new Response(null, { status, headers: { location: 'https://evil.example/' } })])
    await expect(api.call('InitiateAuth', {})).rejects.toMatchObject({
      code: 'network',
      message: 'cognito-idp.eu-west-1.amazonaws.com: a redirect is not followed',
    })
    expect(sent).toHaveLength(1)
  })

  it('the platform is told not to follow one', async () => {
    let redirect: string | undefined
    const fetch = async (_: string, init: { redirect?: string }) => {
      redirect = init.redirect
      return ok()
    }
    await network([], { fetch }).api.call('InitiateAuth', {})
    expect(redirect).toBe('manual')
  })

  it('a lost connection names the host', async () => {
    const { api } = network([new TypeError('fetch failed')])
    const message = 'cognito-idp.eu-west-1.amazonaws.com: the connection failed'
    await expect(api.call('InitiateAuth', {})).rejects.toMatchObject({ code: 'network', message })
  })

  it('a polluted Object.prototype changes nothing', async () => {
    const prototype = Object.prototype as { endpoint?: string }
    prototype.endpoint = 'https://evil.example/'
    try {
      const { api, sent } = network([ok()])
      await api.call('InitiateAuth', {})
      expect(sent[0]?.url).toBe('https://cognito-idp.eu-west-1.amazonaws.com/')
    } finally {
      delete prototype.endpoint
    }
  })
})

it('a reply that is too long is not read to its end', async () => {
  let pulled = 0
  const body = new ReadableStream({
    pull(stream) {
      pulled++
      stream.enqueue(new Uint8Array(1 << 18))
    },
  })
  const { api } = network([new Response(body)])
  await expect(api.call('InitiateAuth', {})).rejects.toMatchObject({ code: 'bad-reply' })
  expect(pulled).toBeLessThan(10)
})

it('what was aborted before it began is not sent, even by a fetch that does not look', async () => {
  let sent = 0
  const fetch = async () => {
    sent++
    return new Response('{}')
  }
  const api = fetchApi({ endpoint: 'http://127.0.0.1:1', fetch })
  const reason = new Error('by the user')
  await expect(api.call('InitiateAuth', {}, AbortSignal.abort(reason))).rejects.toBe(reason)
  expect(sent).toBe(0)
})

it('an abort ends the wait after a throttle at once', async () => {
  const controller = new AbortController()
  const { api } = network([refusal('', 429)], { wait: () => new Promise(() => {}) })
  const failed = api.call('InitiateAuth', {}, controller.signal)
  const reason = new Error('the user went away')
  setTimeout(() => controller.abort(reason), 5)
  await expect(failed).rejects.toBe(reason)
})
