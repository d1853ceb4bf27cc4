// Libraries for SRP without Cognito, each on the groups that it brings along.
import type { GeneralInfo } from './contender.js'

/** RFC 5054, appendix A. */
export const GROUP_BITS: readonly number[] = [1024, 1536, 2048, 3072, 4096, 6144, 8192]

export const GENERAL_PEERS: readonly GeneralInfo[] = [
  {
    name: 'secure-remote-password',
    label: 'secure-remote-password',
    kind: 'peer',
    package: 'secure-remote-password',
    arithmetic: 'jsbn',
    groups: [2048],
    load: async () => (await import('./peers/secure-remote-password.js')).load(),
  },
  {
    name: 'tssrp6a',
    label: 'tssrp6a',
    kind: 'peer',
    package: 'tssrp6a',
    arithmetic: 'BigInt',
    groups: [1024, 1536, 2048],
    serverHalf: true,
    load: async (bits) => (await import('./peers/tssrp6a.js')).load(bits),
  },
  {
    name: 'fast-srp-hap',
    label: 'fast-srp-hap',
    kind: 'peer',
    package: 'fast-srp-hap',
    arithmetic: 'jsbn',
    // Its 6144-bit group is filed under 6244 bits and throws a RangeError at the first use.
    groups: GROUP_BITS.filter((bits) => bits !== 6144),
    serverHalf: true,
    load: async (bits) => (await import('./peers/fast-srp-hap.js')).load(bits),
  },
  {
    name: 'thinbus-srp',
    label: 'thinbus-srp',
    kind: 'peer',
    package: 'thinbus-srp',
    arithmetic: 'jsbn',
    groups: [2048],
    load: async () => (await import('./peers/thinbus-srp.js')).load(),
  },
  {
    name: 'jsrp',
    label: 'jsrp',
    kind: 'peer',
    package: 'jsrp',
    arithmetic: 'jsbn',
    groups: GROUP_BITS,
    load: async (bits) => (await import('./peers/jsrp.js')).load(bits),
  },
]

/** Ours go by the names of their engines, as in the Cognito sections: ratios are to the one called `default`. */
export const GENERAL_OURS: readonly GeneralInfo[] = [
  {
    name: 'default',
    label: '@srp6a/srp',
    kind: 'ours',
    package: '@srp6a/srp',
    arithmetic: 'BigInt',
    groups: GROUP_BITS,
    serverHalf: true,
    load: async (bits) => (await import('./ours.js')).load(bits),
  },
  {
    name: 'auto',
    label: '@srp6a/srp, auto engine',
    kind: 'ours',
    package: '@srp6a/srp',
    arithmetic: 'WebAssembly or BigInt',
    groups: GROUP_BITS,
    serverHalf: true,
    load: async (bits) => (await import('./ours.js')).load(bits, (await import('@srp6a/srp/auto')).autoEngine),
  },
  {
    name: 'node',
    label: '@srp6a/srp, node engine',
    kind: 'ours',
    package: '@srp6a/srp',
    arithmetic: 'OpenSSL',
    // Above, OpenSSL checks the prime for minutes before the first use.
    groups: GROUP_BITS.filter((bits) => bits <= 3072),
    serverHalf: true,
    load: async (bits) => (await import('./ours.js')).load(bits, (await import('@srp6a/srp/node')).nodeEngine),
  },
]

export const GENERAL: readonly GeneralInfo[] = [...GENERAL_OURS, ...GENERAL_PEERS]

export function generalNamed(name: string): GeneralInfo {
  const found = GENERAL.find((info) => info.name === name)
  if (found === undefined) throw new RangeError(`no general library is called ${name}`)
  return found
}
