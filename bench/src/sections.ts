// Each section of the benchmark: which contenders it has, and how its measurements become entries of the results.

import type { Progress } from 'srp6a-tools/measure/progress.js'
import { SeededRandom } from 'srp6a-tools/measure/random.mjs'
import type { Worker } from './build.js'
import { type Challenge, isRight, makeChallenge } from './cognito/challenge.js'
import { CONTENDERS, OPENSSL, OURS } from './cognito/contenders.js'
import { GENERAL, GROUP_BITS } from './general/contenders.js'
import { LOGIN_PARTS } from './general/logins.js'
import type { Options } from './options.js'
import { packageVersion } from './packages.js'
import type { Entry, FirstEntry, HeapEntry } from './results.js'
import { type Measured, measureRounds } from './rounds.js'
import { ratios, spread } from './statistics.js'
import type { FirstRequest, FirstResult } from './workers/first.js'
import type { HeapRequest, HeapResult } from './workers/heap.js'
import { runWorker } from './workers/protocol.js'
import { processSampler, type WarmRequest } from './workers/sampler.js'

export interface Bench {
  options: Options
  worker(name: Worker): string
}

type Described = Pick<Entry, 'label' | 'kind' | 'arithmetic' | 'version' | 'privateBits'>

/** The contender whose times the ratios divide by. */
const DEFAULT = 'default'
const QUICK_BITS = 2048
/** Large groups take seconds a handshake in the slowest libraries. */
const LARGE_BITS = 3072
const LARGE_ROUNDS = 7

function described(name: string): Described {
  const info = CONTENDERS.find((known) => known.name === name) ?? GENERAL.find((known) => known.name === name)
  if (info === undefined) throw new RangeError(`no contender is called ${name}`)
  const { label, kind, arithmetic } = info
  return {
    label,
    kind,
    arithmetic,
    ...(info.package === undefined ? {} : { version: packageVersion(info.package) }),
    ...('privateBits' in info ? { privateBits: info.privateBits } : {}),
  }
}

/** Each contender in a process of its own, all of them alive at once, taking turns. */
async function warm(
  { options, worker }: Bench,
  { section, names, rounds = options.rounds }: Pick<WarmRequest, 'section'> & { names: string[]; rounds?: number },
  progress: Progress,
  execPath?: string,
  execArgv = ['--expose-gc'],
): Promise<Record<string, Measured>> {
  const { sampleMs, seed } = options
  const running = { ...(execPath === undefined ? {} : { execPath }), execArgv }
  const samplers = names.map((name) => processSampler(worker('warm'), { section, name, sampleMs, seed }, running))
  try {
    return await measureRounds(samplers, { rounds, seed, progress: progress.report })
  } finally {
    for (const sampler of samplers) sampler.end()
  }
}

/** `contenderOf` finds the contender behind a task's name; `oursOf` the task of ours that it is compared with. */
function toEntries(
  measured: Record<string, Measured>,
  contenderOf: (name: string) => string,
  oursOf: (name: string) => string,
): Record<string, Entry> {
  const entries: Record<string, Entry> = {}
  const over = (record: Measured, other: Measured | undefined) =>
    other === undefined || other === record ? undefined : ratios(record.rounds, other.rounds)
  for (const [name, record] of Object.entries(measured)) {
    const overOurs = over(record, measured[oursOf(name)])
    const overOpenssl = over(record, measured[OPENSSL.name])
    const { checked, wrong, rounds } = record
    entries[name] = {
      ...described(contenderOf(name)),
      ms: spread(rounds),
      ...(overOurs === undefined ? {} : { overOurs }),
      ...(overOpenssl === undefined ? {} : { overOpenssl }),
      checked,
      wrong,
      rounds,
    }
  }
  return entries
}

const itself = (name: string): string => name

function present(names: readonly string[], { options }: Bench): string[] {
  return names.filter((name) => !options.without.includes(name))
}

const cognitoNames = (bench: Bench): string[] =>
  present(
    CONTENDERS.map(({ name }) => name),
    bench,
  )

export async function measureSignIn(
  bench: Bench,
  section: 'sign-in' | 'latency',
  progress: Progress,
): Promise<Record<string, Entry>> {
  return toEntries(await warm(bench, { section, names: cognitoNames(bench) }, progress), itself, () => DEFAULT)
}

/** The most downloaded of the others: on other runtimes it stands for the field. */
const REFERENCE_PEERS = ['amazon-cognito-identity-js', 'cognito-srp-helper']

/** On another Node ours, OpenSSL and two of the others: what the engine gives, not the whole field again. */
export async function measureOnNode(
  bench: Bench,
  execPath: string,
  progress: Progress,
): Promise<Record<string, Entry>> {
  const names = present([...OURS.map(({ name }) => name), OPENSSL.name, ...REFERENCE_PEERS], bench)
  return toEntries(await warm(bench, { section: 'sign-in', names }, progress, execPath), itself, () => DEFAULT)
}

/** On Bun without what stands on OpenSSL: it has another library behind node:crypto. */
export async function measureOnBun(bench: Bench, execPath: string, progress: Progress): Promise<Record<string, Entry>> {
  const names = present([...OURS.map(({ name }) => name).filter((name) => name !== 'node'), ...REFERENCE_PEERS], bench)
  const measured = await warm(bench, { section: 'sign-in', names }, progress, execPath, [])
  return toEntries(measured, itself, () => DEFAULT)
}

const DEVICES = [
  'default',
  'wasm',
  'node',
  'jsbi',
  'amazon-cognito-identity-js',
  'aws-amplify-auth',
  'cognito-srp-helper',
  'franken-srp',
]

export async function measureDevices(bench: Bench, progress: Progress): Promise<Record<string, Entry>> {
  const names = present(DEVICES, bench)
  return toEntries(await warm(bench, { section: 'devices', names }, progress), itself, () => DEFAULT)
}

export async function measureServers(bench: Bench, progress: Progress): Promise<Record<string, Entry>> {
  const engines = present(
    OURS.map(({ name }) => name),
    bench,
  )
  const names = engines.flatMap((engine) => [`${engine}/start`, `${engine}/verify`])
  const measured = await warm(bench, { section: 'servers', names }, progress)
  return toEntries(
    measured,
    (name) => name.split('/')[0] ?? '',
    (name) => `${DEFAULT}/${name.split('/')[1]}`,
  )
}

/** Client and server together, on every group a library has. */
export async function measureGeneral(bench: Bench, progress: Progress): Promise<Record<string, Record<string, Entry>>> {
  const { quick, rounds } = bench.options
  const byBits: Record<string, Record<string, Entry>> = {}
  for (const bits of GROUP_BITS.filter((size) => !quick || size <= QUICK_BITS)) {
    const libraries = GENERAL.filter(({ name, groups }) => groups.includes(bits) && present([name], bench).length > 0)
    const measured = await warm(
      bench,
      {
        section: 'general',
        names: libraries.map(({ name }) => `${name}/${bits}`),
        rounds: bits > LARGE_BITS ? Math.min(rounds, LARGE_ROUNDS) : rounds,
      },
      progress,
    )
    const entries = toEntries(
      measured,
      (name) => name.split('/')[0] ?? '',
      () => `${DEFAULT}/${bits}`,
    )
    byBits[bits] = Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name.split('/')[0] ?? '', entry]))
  }
  return byBits
}

const LOGIN_BITS = [2048, 3072]

/** Measure a server's work for one login, in its two halves, and the whole handshake, by bits of the group. */
export async function measureLogins(bench: Bench, progress: Progress): Promise<Record<string, Record<string, Entry>>> {
  const byBits: Record<string, Record<string, Entry>> = {}
  for (const bits of LOGIN_BITS.filter((size) => !bench.options.quick || size <= QUICK_BITS)) {
    const libraries = GENERAL.filter(({ name, groups, serverHalf }) => {
      return serverHalf === true && groups.includes(bits) && present([name], bench).length > 0
    })
    const names = libraries.flatMap(({ name }) => LOGIN_PARTS.map((part) => `${name}/${bits}/${part}`))
    const measured = await warm(bench, { section: 'logins', names }, progress)
    byBits[bits] = toEntries(
      measured,
      (name) => name.split('/')[0] ?? '',
      (name) => name.replace(/^[^/]+/, DEFAULT),
    )
  }
  return byBits
}

const withLeast = (samples: readonly number[]) => ({ ...spread(samples), least: Math.min(...samples) })

/** Import and first sign-in, each time in a process of its own, in shuffled order. */
export async function measureFirst(
  bench: Bench,
  progress: Progress,
  execPath?: string,
): Promise<Record<string, FirstEntry>> {
  const { options, worker } = bench
  const random = new SeededRandom(options.seed)
  // OpenSSL alone is no library that anybody would load.
  const names = (
    execPath === undefined ? cognitoNames(bench) : present([...OURS.map(({ name }) => name)], bench)
  ).filter((name) => name !== OPENSSL.name)
  const runs = new Map(names.map((name) => [name, [] as { result: FirstResult; right: boolean }[]]))
  const total = options.processes * names.length
  let done = 0
  for (let turn = 0; turn < options.processes; turn++) {
    for (const name of random.shuffle(names)) {
      progress.report(done++, total, `a fresh process for ${name}`)
      const challenge = makeChallenge(random)
      const { server: _kept, ...asked } = challenge
      const request: FirstRequest = { name, challenge: asked }
      const running = execPath === undefined ? {} : { execPath }
      const result = await runWorker<FirstResult>(worker('first'), request, running)
      runs.get(name)?.push({ result, right: isRight(challenge as Challenge, result.claim) })
    }
  }
  const entries: Record<string, FirstEntry> = {}
  for (const [name, records] of runs) {
    const { label, kind } = described(name)
    entries[name] = {
      label,
      kind,
      importMs: withLeast(records.map(({ result }) => result.importMs)),
      signInMs: withLeast(records.map(({ result }) => result.signInMs)),
      totalMs: withLeast(records.map(({ result }) => result.importMs + result.signInMs)),
      checked: records.length,
      wrong: records.filter(({ right }) => !right).length,
    }
  }
  return entries
}

export async function measureHeap({ options, worker }: Bench, progress: Progress): Promise<Record<string, HeapEntry>> {
  const request: HeapRequest = { name: DEFAULT, signIns: options.heapSignIns, seed: options.seed }
  const { signIns, before, after, buffersBefore, buffersAfter } = await runWorker<HeapResult>(worker('heap'), request, {
    execArgv: ['--expose-gc'],
    onProgress: progress.report,
  })
  const entry = {
    signIns,
    heapBytes: { before, after },
    bufferBytes: { before: buffersBefore, after: buffersAfter },
  }
  return { [DEFAULT]: entry }
}
