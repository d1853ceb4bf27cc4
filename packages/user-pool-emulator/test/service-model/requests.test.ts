import { createUserPool, type UserPool } from 'cognito-user-pool-emulator'
import { describe, expect, it } from 'vitest'
import { operations } from '../../src/operations/index.js'
import { operationModels } from '../../src/service-model/table.js'
import { validateRequest } from '../../src/service-model/validate.js'
import { compareReply } from '../support/replies.js'
import { sample, violationsOf } from './violations.js'

const pool = createUserPool({ clients: [{ clientId: 'web' }] })

async function sendTo(handler: UserPool, operation: string, body: unknown): Promise<{ status: number; body: unknown }> {
  const response = await handler.handle(
    new Request('http://127.0.0.1/', {
      method: 'POST',
      headers: {
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
        authorization: 'AWS4-HMAC-SHA256 Credential=local',
      },
      body: JSON.stringify(body),
    }),
  )
  return { status: response.status, body: await response.json() }
}

async function send(operation: string, request: unknown): Promise<{ name: string; message: string }> {
  const { __type, message } = (await sendTo(pool, operation, request)).body as { __type: string; message: string }
  return { name: __type, message }
}

const modelOf = (name: string) => {
  const model = operationModels[name]
  if (model === undefined) throw new Error(`${name} is not an operation of the service`)
  return model
}

function refusalOf(operation: string, request: Record<string, unknown>): { name: string; message: string } {
  try {
    validateRequest(modelOf(operation), request)
  } catch (error) {
    const { name, message } = error as Error
    return { name, message }
  }
  return { name: 'taken', message: '' }
}

describe('requests that break the service’s model', () => {
  let violations = 0
  let types = 0

  it.each([...operations.keys()])('%s', async (name) => {
    const all = violationsOf(modelOf(name).input)
    for (const [i, { what, request, ...expected }] of all.entries()) {
      // Not each of them over the wire, which would take half a minute.
      const overTheWire = i === 0 || i === all.length - 1
      const seen = overTheWire ? await send(name, request) : refusalOf(name, request)
      expect({ what, ...seen }).toMatchObject({ what, ...expected })
      if (expected.name === 'SerializationException') types++
      else violations++
    }
  })

  it('are many', () => {
    expect(violations).toBeGreaterThanOrEqual(1070)
    expect(types).toBeGreaterThanOrEqual(1956)
    // Each of them was compared above, so that what is counted here was right.
    console.log(`right: ${violations} of ${violations} constraint violations, ${types} of ${types} wrong types`)
  })
})

describe('validateRequest', () => {
  it.each(Object.entries(operationModels))('takes the smallest request of %s', (_, model) => {
    expect(() => validateRequest(model, sample(model.input) as Record<string, unknown>)).not.toThrow()
  })

  it('counts and joins several violations, hides secrets, and shows what is wrong', async () => {
    expect(
      await send('SignUp', { ClientId: 'a b', Username: '', Password: ' ', UserAttributes: [{ Name: '' }] }),
    ).toEqual({
      name: 'InvalidParameterException',
      message:
        "6 validation errors detected: Value 'a b' at 'clientId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+]+; " +
        "Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$; " +
        "Value '' at 'userAttributes.1.member.name' failed to satisfy constraint: Member must have length greater than or equal to 1; " +
        "Value '' at 'userAttributes.1.member.name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r ]+; " +
        "Value at 'username' failed to satisfy constraint: Member must have length greater than or equal to 1; " +
        "Value at 'username' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+",
    })
  })

  it('comes before every look-up, after the signature, and reads own members only', async () => {
    expect(await send('AdminGetUser', { UserPoolId: 'us-east-1_none', Username: 'a b' })).toMatchObject({
      message: expect.stringMatching(/^1 validation error detected: Value at 'username'/),
    })
    const text = '{"ClientId":"web","AuthFlow":"USER_SRP_AUTH","__proto__":{"Session":5},"constructor":5,"Unknown":[]}'
    expect(await send('InitiateAuth', JSON.parse(text))).toMatchObject({
      message: 'Missing required parameter USERNAME',
    })
  })

  it('takes null for absent: amazon-cognito-identity-js sends "DEVICE_KEY": null', async () => {
    const request = { ClientId: 'web', AuthFlow: 'USER_SRP_AUTH', AuthParameters: { DEVICE_KEY: null }, Session: null }
    expect(await send('InitiateAuth', request)).toMatchObject({ message: 'Missing required parameter USERNAME' })
  })

  it('names null entries of a list', async () => {
    const request = { UserPoolId: 'us-east-1_none', Username: 'a', UserAttributes: [null] }
    expect(await send('AdminUpdateUserAttributes', request)).toMatchObject({
      message:
        "1 validation error detected: Value null at 'userAttributes.1.member' failed to satisfy constraint: Member must not be null",
    })
  })
})

describe('an operation that the emulator does not play', () => {
  it('is told from one that the service has not', async () => {
    expect(await send('CreateIdentityProvider', {})).toEqual({
      name: 'UnsupportedOperationException',
      message:
        'The emulator does not play CreateIdentityProvider. The README of cognito-user-pool-emulator lists the operations that it plays.',
    })
    expect(await send('CreateNonsense', {})).toMatchObject({ name: 'UnknownOperationException' })
  })
})

describe('replies', () => {
  it('to the smallest request of every operation have the model’s shape, or an exception that it lists', async () => {
    const host = createUserPool({
      id: 'us-east-1_Replies00',
      clients: [{ clientId: 'web' }],
      users: [{ username: 'alice', password: 'Correct-Horse-1', attributes: { email: 'alice@example.com' } }],
      sessionTracking: true,
    })
    const KNOWN: Readonly<Record<string, string>> = { UserPoolId: host.id, ClientId: 'web', Username: 'alice' }
    let taken = 0
    const differences: string[] = []
    for (const name of operations.keys()) {
      const smallest = sample(modelOf(name).input) as Record<string, unknown>
      // Once as it is, once with names that there are.
      const named = Object.fromEntries(Object.entries(smallest).map(([key, value]) => [key, KNOWN[key] ?? value]))
      for (const request of [smallest, named]) {
        const { status, body } = await sendTo(host, name, request)
        differences.push(...compareReply(name, status, body))
        if (status === 200) taken++
      }
    }
    expect(differences).toEqual([])
    console.log(`${operations.size} operations, ${taken} replies with results, 0 members or exceptions unmodelled`)
    expect(taken).toBeGreaterThan(10)
  })
})
