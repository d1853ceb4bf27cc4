// One sign-in on Hermes 0.12, the engine of React Native: it has BigInt, but no classes, no TextEncoder and no crypto.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { SeededRandom } from 'srp6a-tools/measure/random.mjs'
import ts from 'typescript'
import { benchFolder, bundleScript } from './build.js'
import { type Challenge, isRight, makeChallenge } from './cognito/challenge.js'
import type { Claim } from './cognito/contender.js'
import { packageFolder, packageVersion } from './packages.js'
import type { HermesEntry } from './results.js'
import { spread } from './statistics.js'

const PACKAGE = 'hermes-engine-cli'
const BINARIES: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux64-bin/hermes',
  darwin: 'osx-bin/hermes',
  win32: 'win64-bin/hermes.exe',
}
const TIME_LIMIT_MS = 300_000

/** The output of the script: one line for each sign-in. */
export interface HermesRun {
  /** Its clock ticks in whole milliseconds: a batch of sign-ins makes one sample. */
  milliseconds: number
  claims: Claim[]
}

export async function measureHermes(samples: number, seed: number, batch = 10): Promise<HermesEntry> {
  const binary = BINARIES[process.platform]
  if (binary === undefined) throw new Error(`${PACKAGE} has no binary for ${process.platform}`)
  const random = new SeededRandom(seed)
  const challenges = Array.from({ length: samples * batch + 1 }, () => makeChallenge(random))
  const folder = await mkdtemp(join(tmpdir(), 'srp-hermes-'))
  try {
    const file = join(folder, 'sign-in.js')
    await writeFile(file, await script(challenges, batch, random))
    const hermes = join(packageFolder(PACKAGE), binary)
    const run = await promisify(execFile)(hermes, ['-O', '-w', file], { timeout: TIME_LIMIT_MS, maxBuffer: 1 << 26 })
    const lines = run.stdout.split('\n').filter((line) => line.startsWith('{'))
    const runs = lines.map((line) => JSON.parse(line) as HermesRun)
    const claims = runs.flatMap((one) => one.claims)
    const [first, ...rest] = runs
    if (first === undefined || claims.length !== challenges.length) throw new Error(`Hermes printed: ${run.stdout}`)
    const wrong = claims.filter((claim, index) => !isRight(challenges[index] as Challenge, claim)).length
    return {
      version: packageVersion(PACKAGE),
      signIns: claims.length,
      firstMs: first.milliseconds,
      ms: spread(rest.map(({ milliseconds }) => milliseconds / batch)),
      checked: claims.length,
      wrong,
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function script(challenges: readonly Challenge[], batch: number, random: SeededRandom): Promise<string> {
  const asked = challenges.map(({ server: _kept, ...challenge }) => challenge)
  const bundle = await bundleScript(join(benchFolder, 'src', 'workers', 'hermes.ts'))
  const inputs = { challenges: asked, batch, seed: random.next() }
  return lower(`var INPUTS = ${JSON.stringify(inputs)};\n${bundle}`)
}

/** To ES5, with BigInt literals left as they are. */
export function lower(source: string): string {
  // TypeScript turns `**` into Math.pow, which throws on BigInt: better to stop here than to fail over there.
  if (/\dn\s*\*\*|\*\*\s*\d+n\b/.test(source)) throw new Error('the bundle raises BigInt with **, which ES5 has not')
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES5, module: ts.ModuleKind.None, downlevelIteration: true },
  })
  return outputText
}
