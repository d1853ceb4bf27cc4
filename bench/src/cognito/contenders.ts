// Everyone who takes part in the Cognito sign-in. `load` imports; nothing is imported here, so that a fresh process
// loads only the one it measures.
import type { ContenderInfo } from './contender.js'

const LIBRARY = '@srp6a/srp'

export const OURS: readonly ContenderInfo[] = [
  {
    name: 'default',
    label: '@srp6a/srp',
    kind: 'ours',
    package: LIBRARY,
    privateBits: 256,
    arithmetic: 'BigInt',
    load: async () => (await import('./ours.js')).contenderWith(),
  },
  {
    name: 'wasm',
    label: '@srp6a/srp, wasm engine',
    kind: 'ours',
    package: LIBRARY,
    privateBits: 256,
    arithmetic: 'WebAssembly',
    load: async () => (await import('./ours.js')).contenderWith((await import('@srp6a/srp/wasm')).wasmEngine),
  },
  {
    name: 'integers',
    label: '@srp6a/srp, wasm engine held to integers',
    kind: 'ours',
    package: LIBRARY,
    privateBits: 256,
    arithmetic: 'WebAssembly',
    load: async () => (await import('./ours.js')).contenderWith((await import('@srp6a/srp/wasm')).integerWasmEngine),
  },
  {
    name: 'auto',
    label: '@srp6a/srp, auto engine',
    kind: 'ours',
    package: LIBRARY,
    privateBits: 256,
    arithmetic: 'WebAssembly or BigInt',
    load: async () => (await import('./ours.js')).contenderWith((await import('@srp6a/srp/auto')).autoEngine),
  },
  {
    name: 'node',
    label: '@srp6a/srp, node engine',
    kind: 'ours',
    package: LIBRARY,
    privateBits: 256,
    arithmetic: 'OpenSSL',
    load: async () => (await import('./ours.js')).contenderWith((await import('@srp6a/srp/node')).nodeEngine),
  },
  {
    name: 'jsbi',
    label: '@srp6a/srp, jsbi engine',
    kind: 'ours',
    package: LIBRARY,
    privateBits: 256,
    arithmetic: 'JSBI',
    load: async () => (await import('./ours.js')).contenderWith((await import('@srp6a/srp/jsbi')).jsbiEngine),
  },
]

export const OPENSSL: ContenderInfo = {
  name: 'openssl',
  label: 'OpenSSL, the three powers (limit)',
  kind: 'limit',
  privateBits: 256,
  arithmetic: 'OpenSSL',
  load: async () => (await import('./openssl.js')).contender,
}

export const PEERS: readonly ContenderInfo[] = [
  {
    name: 'amazon-cognito-identity-js',
    label: 'amazon-cognito-identity-js',
    kind: 'peer',
    package: 'amazon-cognito-identity-js',
    privateBits: 1024,
    arithmetic: 'jsbn',
    load: async () => (await import('./peers/amazon-cognito-identity-js.js')).contender,
  },
  {
    name: 'aws-amplify-auth',
    label: '@aws-amplify/auth',
    kind: 'peer',
    package: '@aws-amplify/auth',
    privateBits: 1024,
    arithmetic: 'jsbn',
    load: async () => (await import('./peers/aws-amplify-auth.js')).load(),
  },
  {
    name: 'cognito-srp-helper',
    label: 'cognito-srp-helper',
    kind: 'peer',
    package: 'cognito-srp-helper',
    privateBits: 1024,
    arithmetic: 'jsbn',
    load: async () => (await import('./peers/cognito-srp-helper.js')).load(),
  },
  {
    name: 'amazon-cognito-passwordless-auth',
    label: 'amazon-cognito-passwordless-auth',
    kind: 'peer',
    package: 'amazon-cognito-passwordless-auth',
    privateBits: 1024,
    arithmetic: 'BigInt',
    load: async () => (await import('./peers/amazon-cognito-passwordless-auth.js')).load(),
  },
  {
    name: 'franken-srp',
    label: 'franken-srp',
    kind: 'peer',
    package: 'franken-srp',
    privateBits: 256,
    arithmetic: 'BigInt',
    load: async () => (await import('./peers/franken-srp.js')).load(),
  },
]

export const CONTENDERS: readonly ContenderInfo[] = [...OURS, OPENSSL, ...PEERS]

export function contenderNamed(name: string): ContenderInfo {
  const found = CONTENDERS.find((info) => info.name === name)
  if (found === undefined) throw new RangeError(`no contender is called ${name}`)
  return found
}
