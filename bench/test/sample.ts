import type { Entry, Results } from '../src/results.js'

const all = (value: number) => ({ median: value, low: value, high: value })

function entry(label: string, kind: Entry['kind'], ms: number): Entry {
  return {
    label,
    kind,
    ms: all(ms),
    overOurs: all(ms / 7.4),
    overOpenssl: all(ms / 2.1),
    checked: 3,
    wrong: 0,
    rounds: [ms],
  }
}

/** Made-up results, a fresh copy each time. */
export function sampleResults(): Results {
  const { overOurs: _itself, ...ours } = entry('@srp6a/srp', 'ours', 7.4)
  const first = (label: string, kind: Entry['kind'], ms: number) => {
    const fresh = (median: number) => ({ ...all(median), least: median })
    return { label, kind, importMs: fresh(10), signInMs: fresh(ms), totalMs: fresh(ms + 10), checked: 3, wrong: 0 }
  }
  return {
    schema: 1,
    core: { commit: 'c'.repeat(40), sources: '5'.repeat(64) },
    date: '2026-01-02T03:04:05.000Z',
    quick: false,
    rounds: 21,
    seed: 1,
    machine: { cpu: 'CPU', cores: 2, memoryGiB: 4, platform: 'linux 6 x64', loadBefore: 0 },
    runtime: { node: '20.20.2', v8: '11.3', openssl: '3.0' },
    signIn: {
      default: { ...ours, arithmetic: 'BigInt', version: '0.1.0' },
      wasm: entry('@srp6a/srp, wasm engine', 'ours', 1.5),
      auto: entry('@srp6a/srp, auto engine', 'ours', 1.5),
      node: entry('@srp6a/srp, node engine', 'ours', 2.6),
      openssl: entry('OpenSSL', 'limit', 2.1),
      'amazon-cognito-identity-js': entry('amazon-cognito-identity-js', 'peer', 185),
    },
    servers: { 'default/verify': { ...ours } },
    first: {
      default: first('@srp6a/srp', 'ours', 10),
      'amazon-cognito-identity-js': first('amazon-cognito-identity-js', 'peer', 200),
    },
    general: { '1024': { jsrp: entry('jsrp', 'peer', 30) }, '2048': { jsrp: entry('jsrp', 'peer', 160) } },
    heap: {
      default: {
        signIns: 10_000,
        heapBytes: { before: 5_000_000, after: 5_010_240 },
        bufferBytes: { before: 0, after: 0 },
      },
    },
    hermes: { version: '0.12.0', signIns: 211, firstMs: 44, ms: all(30.4), checked: 211, wrong: 0 },
  }
}
