// Every engine there is, and on how many of the handshakes it runs. A new engine is one more line here.
import { bigintEngine, type Engine } from '@srp6a/srp'
import { jsbiEngine } from '@srp6a/srp/jsbi'
import { nodeEngine } from '@srp6a/srp/node'
import { wasmEngine } from '@srp6a/srp/wasm'

export interface SoakEngine {
  readonly name: string
  readonly engine: Engine
  /** It runs on the handshakes whose number is a multiple of this. 1 is all of them; a slow engine takes a share. */
  readonly every: number
}

export const ENGINES: readonly SoakEngine[] = [
  { name: 'node', engine: nodeEngine, every: 1 },
  { name: 'default', engine: bigintEngine, every: 5 },
  { name: 'wasm', engine: wasmEngine, every: 5 },
  { name: 'jsbi', engine: jsbiEngine, every: 500 },
]

/**
 * The engines asked for by name. One alone runs on every handshake; all of them, each on its share.
 *
 * @throws RangeError for a name that is not known
 */
export function chooseEngines(name: string | undefined): readonly SoakEngine[] {
  if (name === undefined) return ENGINES
  const found = ENGINES.find((one) => one.name === name)
  if (found === undefined) {
    throw new RangeError(`--engine: ${name} is not one of ${ENGINES.map((one) => one.name).join(', ')}`)
  }
  return [{ ...found, every: 1 }]
}
