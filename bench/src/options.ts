import { parseArgs } from 'node:util'

export const SECTIONS = [
  'sign-in',
  'latency',
  'first',
  'devices',
  'servers',
  'logins',
  'general',
  'heap',
  'hermes',
] as const
export type Section = (typeof SECTIONS)[number]

export interface Options {
  sections: readonly Section[]
  quick: boolean
  rounds: number
  /** Fresh processes for each contender. */
  processes: number
  sampleMs: number
  heapSignIns: number
  seed: number
  /** Major versions of Node to install in a temporary folder and to measure as well. */
  nodes: readonly string[]
  /** On Bun as well. */
  bun: boolean
  /** Contenders left out, by name. */
  without: readonly string[]
  /** Folder for the results; the one whose figures the README shows, unless told otherwise. */
  out?: string
}

export const HELP = `npm run bench -- [options]

  --quick            few rounds, small groups only; results go to bench/results/quick
  --only a,b         some sections only: ${SECTIONS.join(', ')}
  --rounds n         interleaved rounds (default 21; quick 3)
  --processes n      fresh processes for each contender's first sign-in (default 11; quick 3)
  --seed n           order of the rounds and test inputs (default 1)
  --node 26          also measure on that Node, installed from npm into a temporary folder (may be repeated)
  --bun              also measure on Bun, installed the same way
  --without a,b      leave contenders out, by name
  --out folder       where the results go
`

/** @throws RangeError, TypeError for what it does not know */
export function parseOptions(args: string[]): Options | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      rounds: { type: 'string' },
      processes: { type: 'string' },
      seed: { type: 'string' },
      node: { type: 'string', multiple: true, default: [] },
      bun: { type: 'boolean', default: false },
      without: { type: 'string', default: '' },
      out: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return 'help'
  const quick = values.quick
  return {
    sections: values.only === undefined ? SECTIONS : list(values.only).map(section),
    quick,
    rounds: whole(values.rounds, '--rounds', quick ? 3 : 21),
    processes: whole(values.processes, '--processes', quick ? 3 : 11),
    sampleMs: quick ? 60 : 250,
    heapSignIns: quick ? 500 : 10_000,
    seed: whole(values.seed, '--seed', 1),
    nodes: values.node.map(major),
    bun: values.bun,
    without: list(values.without),
    ...(values.out === undefined ? {} : { out: values.out }),
  }
}

function list(text: string): string[] {
  return text.split(',').filter((part) => part !== '')
}

function section(name: string): Section {
  const found = SECTIONS.find((known) => known === name)
  if (found === undefined)
    throw new RangeError(`--only: no section is called ${name}; there are ${SECTIONS.join(', ')}`)
  return found
}

function whole(text: string | undefined, name: string, fallback: number): number {
  if (text === undefined) return fallback
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new RangeError(`${name}: ${text} is not a whole number above 0`)
  return Number(text)
}

function major(text: string): string {
  if (!/^\d{2}$/.test(text)) throw new RangeError(`--node: ${text} is not a major version such as 26`)
  return text
}
