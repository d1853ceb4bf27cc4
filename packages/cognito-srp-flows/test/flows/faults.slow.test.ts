import { type AppClient, deviceStore, FlowError, type Step, signIn } from 'cognito-srp-flows'
import type { Fault, FaultKind, UserPool } from 'cognito-user-pool-emulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectKind, expectSignedIn } from '../scripted.js'
import { ALICE, apiOf, CLIENT_ID, emulated, POOL_ID, type Transport } from '../transports.js'

/** The steps of a sign-in: the first three and ConfirmDevice of a new device, the rest of a remembered one. */
const STEPS: readonly [name: string, device: 'new' | 'remembered', at: Omit<Fault, 'kind'>][] = [
  ['InitiateAuth (new)', 'new', { operation: 'InitiateAuth' }],
  ['PASSWORD_VERIFIER (new)', 'new', { challenge: 'PASSWORD_VERIFIER' }],
  ['SMS_MFA', 'new', { challenge: 'SMS_MFA' }],
  ['ConfirmDevice', 'new', { operation: 'ConfirmDevice' }],
  ['InitiateAuth', 'remembered', { operation: 'InitiateAuth' }],
  ['PASSWORD_VERIFIER', 'remembered', { challenge: 'PASSWORD_VERIFIER' }],
  ['DEVICE_SRP_AUTH', 'remembered', { challenge: 'DEVICE_SRP_AUTH' }],
  ['DEVICE_PASSWORD_VERIFIER', 'remembered', { challenge: 'DEVICE_PASSWORD_VERIFIER' }],
]
const FAULTS: readonly [name: string, kind: FaultKind, times: number][] = [
  ['throttled once', 'throttle', 1],
  ['throttled on and on', 'throttle', 9],
  ['HTTP 500', 'server-error', 9],
  ['dropped', 'drop', 9],
  ['answer lost', 'drop-after', 9],
  ['device wiped', 'device-wiped', 1],
  ['session expired', 'session-expired', 1],
]
const OVER: readonly Transport[] = ['fetchApi', 'sdkApi']

/** A user for each cell, so that none is touched by the trouble of another. */
const cells = OVER.flatMap((transport) =>
  FAULTS.flatMap((fault) => STEPS.map((step) => ({ transport, fault, step, result: '' }))),
)
const nameOf = (cell: (typeof cells)[number]) => `user-${cells.indexOf(cell)}`

/** The way that an error shows itself, for the table; an error without a type fails the test. */
function typeOf(error: unknown): string {
  if (error instanceof FlowError) return `FlowError ${error.code}`
  expect(error).toBeInstanceOf(Error)
  const { name, code, $metadata } = error as Error & { code?: string; $metadata?: { httpStatusCode?: number } }
  // The SDK passes on what Node says of a broken connection.
  expect($metadata?.httpStatusCode ?? code, `${error} has no type`).toSatisfy((type) =>
    typeof type === 'number' ? type >= 400 : /^\w+$/.test(type),
  )
  return code ? `${name} ${code}` : name
}

/** The matrix of one transport as text. */
function tableOf(transport: Transport): string {
  const resultOf = (step: string, fault: string) =>
    cells.find((cell) => cell.transport === transport && cell.step[0] === step && cell.fault[0] === fault)?.result ?? ''
  const head = [`fault by step, ${transport}`, ...FAULTS.map(([fault]) => fault)]
  const rows = [head, ...STEPS.map(([step]) => [step, ...FAULTS.map(([fault]) => resultOf(step, fault))])]
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n')
}

describe('a fault at every step of a sign-in with a device', () => {
  let emulator: UserPool
  let url: string
  let close: () => Promise<void>

  beforeAll(async () => {
    const users = cells.map((cell, i) => ({
      username: nameOf(cell),
      password: ALICE.password,
      attributes: { phone_number: `+1555${String(i).padStart(7, '0')}`, email: `${nameOf(cell)}@example.com` },
      mfa: { sms: true },
    }))
    ;({ emulator, url, close } = await emulated({ users, mfa: 'OPTIONAL', deviceTracking: 'always' }))
  })

  afterAll(async () => {
    await close()
    for (const transport of OVER) console.log(tableOf(transport))
  })

  /** Goes on until signed in, reading codes from the outbox. */
  const finish = async (step: Step, username: string) => {
    if (step.kind === 'signed-in') return step
    return expectSignedIn(await expectKind(step, 'code').answer(emulator.outbox.last(username)?.code ?? ''))
  }

  it.each(cells)('$fault.0 at $step.0 over $transport', async (cell) => {
    const [, device, at] = cell.step
    const [, kind, times] = cell.fault
    const username = nameOf(cell)
    const records = new Map<string, string>()
    const devices = deviceStore({
      get: async (key) => records.get(key),
      set: async (key, value) => records.set(key, value),
      remove: async (key) => records.delete(key),
    })
    const api = apiOf(cell.transport, url, 2)
    const client: AppClient = { api, userPoolId: POOL_ID, clientId: CLIENT_ID, devices }
    const request = { username, password: ALICE.password }

    if (device === 'remembered') await finish(await signIn(client, request), username)
    emulator.faults.add({ kind, times, ...at })
    try {
      const step = await finish(await signIn(client, request), username)
      cell.result = step.device?.status === 'failed' ? 'signed in, device unconfirmed' : 'signed in'
    } catch (error) {
      cell.result = typeOf(error)
    }
    expect(cell.result).not.toBe('')
    if (kind !== 'throttle' || times > 2) expect(emulator.faults.pending.length).toBeLessThanOrEqual(1)
    emulator.faults.clear()

    // The record is whole or absent, and a retry by the user succeeds and leaves a record that works.
    for (const value of records.values()) {
      expect(Object.keys(JSON.parse(value))).toEqual(['deviceKey', 'deviceGroupKey', 'devicePassword'])
    }
    expect((await finish(await signIn(client, request), username)).device?.status).toMatch(/^(known|confirmed)$/)
    expect(expectSignedIn(await signIn(client, request)).device?.status).toBe('known')
  })
})
