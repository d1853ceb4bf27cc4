// Compiled against the published declarations of the two libraries, with lib ES2022 and no ambient types.
import { decoyRecord, defineSuite, enroll, groups, SrpError, startClient, startServer, suites } from '@srp6a/srp'
import { autoEngine } from '@srp6a/srp/auto'
import {
  type CognitoClient,
  createDeviceVerifier,
  parseUserPoolId,
  secretHash,
  startCognitoClient,
  startCognitoServer,
} from '@srp6a/srp/cognito'
import { rfc5054_3072 } from '@srp6a/srp/groups'
import { jsbiEngine } from '@srp6a/srp/jsbi'
import module from '@srp6a/srp/modular.wasm'
import fma from '@srp6a/srp/modular-fma.wasm'
import { nodeEngine } from '@srp6a/srp/node'
import { rfc5054, rfc5054With } from '@srp6a/srp/suites'
import { startCognitoClientWithKey } from '@srp6a/srp/testing'
import { createWasmEngine, wasmEngine } from '@srp6a/srp/wasm'
import { type AppClient, FlowError, memoryDeviceStore, refresh, resume, signIn } from 'cognito-srp-flows'
import { fetchApi } from 'cognito-srp-flows/fetch'
import { type Challenges, codes as codeChallenges, passwordProofs, signInWith } from 'cognito-srp-flows/lean'
import { adminSdkApi, sdkApi } from 'cognito-srp-flows/sdk'

export function cognito(): string {
  const srp: CognitoClient = startCognitoClient({ engine: nodeEngine })
  // @ts-expect-error the random source must return bytes
  startCognitoClient({ random: () => 'bytes' })
  const { region, poolName } = parseUserPoolId('us-east-1_AbCdEfGhI')
  // @ts-expect-error a password is missing
  srp.answerUser({ userPoolId: 'us-east-1_a', challenge: { SALT: '1', SRP_B: '2', SECRET_BLOCK: '3' } })
  // ChallengeParameters of the SDK are a record, whose fields may be missing.
  const challenge: Record<string, string> = {}
  if (region) srp.answerUser({ userPoolId: 'us-east-1_a', password: 'b', challenge })
  // @ts-expect-error there is no such half
  parseUserPoolId('us-east-1_AbCdEfGhI').pool
  createDeviceVerifier({ deviceGroupKey: region, deviceKey: poolName }, { engine: jsbiEngine })
  startCognitoServer({ scope: 'a', userId: 'b', salt: '1', verifier: '2' })
  startCognitoClientWithKey(new Uint8Array(32), { engine: wasmEngine })
  // @ts-expect-error a module is an object
  createWasmEngine('modular.wasm')
  startCognitoClient({ engine: createWasmEngine(module, fma) })
  startCognitoClient({ engine: autoEngine })
  return secretHash({ username: 'a', clientId: 'b', clientSecret: 'c' }) + srp.srpA
}

export function srp(): Uint8Array {
  const record = enroll(suites.rfc5054, { username: 'a', password: 'b' })
  const client = startClient(rfc5054)
  const server = startServer(suites.rfc5054, record)
  // @ts-expect-error the server's public key is bytes, not text
  client.answer({ username: 'a', password: 'b', salt: record.salt, serverPublicKey: 'text' })
  const { clientProof } = client.answer({ username: 'a', password: 'b', ...server })
  // @ts-expect-error a hash says how long its digests are
  rfc5054With(rfc5054_3072, (message: Uint8Array) => message)
  void [decoyRecord, defineSuite, groups]
  return clientProof
}

export async function flows(client: AppClient, sdk: { send(command: never): Promise<unknown> }): Promise<string> {
  const api = [fetchApi({ region: 'us-east-1' }), sdkApi(sdk), adminSdkApi(sdk, 'id')][0]
  if (!api) throw new TypeError('no api')
  const step = await signIn({ ...client, api, devices: memoryDeviceStore() }, { username: 'a', password: 'b' })
  if (step.kind === 'signed-in') return step.tokens.accessToken
  // @ts-expect-error only some steps take a code
  step.answer('123456')
  if (step.kind === 'code') return resume(client, step.save()).kind
  await refresh(client, { refreshToken: 'r' })
  return ''
}

export async function lean(client: AppClient): Promise<string> {
  const challenges: Challenges = { ...passwordProofs, ...codeChallenges }
  // @ts-expect-error the challenges come first
  await signInWith(client, { username: 'a', password: 'b' })
  return (await signInWith(challenges, client, { username: 'a', password: 'b' })).kind
}

export function codes(error: unknown): string {
  return error instanceof SrpError || error instanceof FlowError ? error.code : 'other'
}
