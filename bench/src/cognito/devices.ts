// The verifier of a new device, as ConfirmDevice wants it: one power of g, two random strings, some base64.
import { createDeviceVerifier } from '@srp6a/srp/cognito'
import { g, modpow, N, signedBytes } from 'srp6a-vectors/generate/reference.js'
import { importFile, importUntyped, requireUntyped } from '../packages.js'
import type { Task } from '../rounds.js'
import type { Engine } from './ours.js'
import { privateKey } from './server-side.js'

interface Verifier {
  deviceKey: string
  password: string
  /** Base64 of the encoded bytes. */
  salt: string
  verifier: string
}
type Make = (deviceKey: string) => Verifier | Promise<Verifier>

const GROUP_KEY = '-Bench0Grp'
const hexToBase64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64')

function ours(engine?: Engine): Make {
  const options = engine === undefined ? {} : { engine }
  return (deviceKey) => {
    const made = createDeviceVerifier({ deviceGroupKey: GROUP_KEY, deviceKey }, options)
    return { deviceKey, password: made.devicePassword, salt: made.Salt, verifier: made.PasswordVerifier }
  }
}

interface Helper {
  generateHashDevice(groupKey: string, deviceKey: string, done: (error: unknown) => void): void
  getRandomPassword(): string
  getSaltDevices(): string
  getVerifierDevices(): string
}

const MAKERS: Record<string, () => Promise<Make>> = {
  default: async () => ours(),
  wasm: async () => ours((await import('@srp6a/srp/wasm')).wasmEngine),
  node: async () => ours((await import('@srp6a/srp/node')).nodeEngine),
  jsbi: async () => ours((await import('@srp6a/srp/jsbi')).jsbiEngine),
  'amazon-cognito-identity-js': async () => {
    const { default: AuthenticationHelper } = requireUntyped<{ default: new (pool: string) => Helper }>(
      'amazon-cognito-identity-js/lib/AuthenticationHelper.js',
    )
    const helper = new AuthenticationHelper('Bench0000')
    return (deviceKey) => {
      let failure: unknown
      helper.generateHashDevice(GROUP_KEY, deviceKey, (error) => {
        failure = error
      })
      if (failure) throw failure
      return {
        deviceKey,
        password: helper.getRandomPassword(),
        salt: hexToBase64(helper.getSaltDevices()),
        verifier: hexToBase64(helper.getVerifierDevices()),
      }
    }
  },
  'aws-amplify-auth': async () => {
    interface AmplifyHelper {
      generateHashDevice(groupKey: string, deviceKey: string): Promise<void>
      getRandomPassword(): string
      getSaltToHashDevices(): string
      getVerifierDevices(): string
    }
    const { getAuthenticationHelper } = await importFile<{
      getAuthenticationHelper(pool: string): Promise<AmplifyHelper>
    }>('@aws-amplify/auth', 'dist/esm/providers/cognito/utils/srp/getAuthenticationHelper.mjs')
    const helper = await getAuthenticationHelper('Bench0000')
    return async (deviceKey) => {
      await helper.generateHashDevice(GROUP_KEY, deviceKey)
      return {
        deviceKey,
        password: helper.getRandomPassword(),
        salt: hexToBase64(helper.getSaltToHashDevices()),
        verifier: hexToBase64(helper.getVerifierDevices()),
      }
    }
  },
  'cognito-srp-helper': async () => {
    const { createDeviceVerifier: create } = await importUntyped<{
      createDeviceVerifier(
        deviceKey: string,
        groupKey: string,
      ): { DeviceRandomPassword: string; DeviceSecretVerifierConfig: { Salt: string; PasswordVerifier: string } }
    }>('cognito-srp-helper')
    return (deviceKey) => {
      const { DeviceRandomPassword, DeviceSecretVerifierConfig } = create(deviceKey, GROUP_KEY)
      const { Salt, PasswordVerifier } = DeviceSecretVerifierConfig
      return { deviceKey, password: DeviceRandomPassword, salt: Salt, verifier: PasswordVerifier }
    }
  },
  'franken-srp': async () => {
    const srp = requireUntyped<{
      makeDeviceVerifier(g: string, key: string): Promise<{ salt: string; verifier: string; password: string }>
    }>('franken-srp/dist/srp/index.js')
    return async (deviceKey) => {
      const { salt, verifier, password } = await srp.makeDeviceVerifier(GROUP_KEY, deviceKey)
      return { deviceKey, password, salt: hexToBase64(salt), verifier }
    }
  },
}

export const DEVICE_MAKERS: readonly string[] = Object.keys(MAKERS)

function isRight({ deviceKey, password, salt, verifier }: Verifier): boolean {
  const saltNumber = BigInt(`0x${Buffer.from(salt, 'base64').toString('hex')}`)
  const x = privateKey({ scope: GROUP_KEY, userId: deviceKey, password }, saltNumber)
  return verifier === signedBytes(modpow(g, x, N)).toString('base64')
}

export async function deviceTasks(names: readonly string[]): Promise<Task[]> {
  let next = 0
  const tasks: Task[] = []
  for (const name of names) {
    const make = await MAKERS[name]?.()
    if (make === undefined) throw new RangeError(`${name} makes no device verifiers`)
    tasks.push({
      name,
      run: () => make(`eu-west-1_0000-${next++}`),
      check: (last) => isRight(last as Verifier),
    })
  }
  return tasks
}
