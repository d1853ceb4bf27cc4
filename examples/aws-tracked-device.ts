// AWS's example "Signing in with a device": USER_PASSWORD_AUTH with DEVICE_KEY, then DEVICE_SRP_AUTH and
// DEVICE_PASSWORD_VERIFIER. A local user pool stands in Cognito's place.
// Run it with: npx tsx examples/aws-tracked-device.ts
import { memoryDeviceStore, signIn } from 'cognito-srp-flows'
import { fetchApi } from 'cognito-srp-flows/fetch'
import { createUserPool, serve } from 'cognito-user-pool-emulator'

const userPoolId = 'us-east-1_EXAMPLE01'
const clientId = '1example23456789'

const emulator = createUserPool({
  id: userPoolId,
  clients: [{ clientId }],
  deviceTracking: 'always',
  mfa: 'OPTIONAL',
  users: [
    {
      username: 'testuser',
      password: 'Example-password-1',
      attributes: { phone_number: '+15555550123' },
      mfa: { sms: true },
    },
  ],
})
const conversation: string[] = []
emulator.onExchange(({ operation, request }) => conversation.push(String(request.ChallengeName ?? operation)))
const server = await serve(emulator)

// With a real pool: fetchApi({ region: 'us-east-1' }), and webStorageDeviceStore(localStorage) in a browser.
const client = { api: fetchApi({ endpoint: server.url }), userPoolId, clientId, devices: memoryDeviceStore() }
const request = { username: 'testuser', password: 'Example-password-1', flow: 'USER_PASSWORD_AUTH' } as const

// The first time the pool does not know the device, and wants a code. Then the device is confirmed.
const step = await signIn(client, request)
if (step.kind !== 'code') throw new Error(`Expected to be asked for a code, not ${step.kind}`)
const first = await step.answer(emulator.outbox.last()?.code ?? '')
if (first.kind !== 'signed-in') throw new Error(`The pool asks for more: ${first.kind}`)
console.log(`First sign-in: ${conversation.splice(0).join(', ')}`)
console.log(`The device ${first.device?.deviceKey} is ${first.device?.status}.`)

// The second time it proves itself, and no one is asked.
const second = await signIn(client, request)
if (second.kind !== 'signed-in') throw new Error(`The pool asks for more: ${second.kind}`)
console.log(`Second sign-in: ${conversation.splice(0).join(', ')}`)
console.log(`The device is ${second.device?.status}.`)

await server.close()
