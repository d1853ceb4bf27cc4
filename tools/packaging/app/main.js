// The smallest app that signs someone in: what check-bundlers.mjs builds with each bundler and runs.
import { secretHash } from '@srp6a/srp/cognito'
import { FlowError, memoryDeviceStore, signIn } from 'cognito-srp-flows'
import { fetchApi } from 'cognito-srp-flows/fetch'
import { passwordProofs, signInWith, FlowError as ThrownByLean } from 'cognito-srp-flows/lean'

globalThis.app = async ({ endpoint, userPoolId, clientId, username, password }) => {
  const client = { api: fetchApi({ endpoint }), userPoolId, clientId, devices: memoryDeviceStore() }
  const outcome = await signIn(client, { username, password }).catch((error) => error)
  const { devices: _, ...withoutDevices } = client
  const lean = await signInWith(passwordProofs, withoutDevices, { username, password }).catch((error) => error)
  return {
    kind: outcome.kind ?? outcome.name,
    leanKind: lean.kind ?? lean.name,
    // Two entries, and one class of errors.
    sameErrors: ThrownByLean === FlowError,
    isFlowError: outcome instanceof FlowError,
    secretHash: secretHash({ username, clientId, clientSecret: 'secret' }),
  }
}
