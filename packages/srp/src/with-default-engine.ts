import { readFields } from './arguments.js'
import { bigintEngine } from './engine/bigint.js'
import type { EngineOptions, SrpOptions } from './suite.js'

/**
 * Take native BigInt where the options name no engine. Only the entries with a default import this file: a program that
 * brings its engine then has no other in its bundle.
 *
 * @param options the caller's
 * @param fields what is read of them, once
 * @returns options of its own, with an engine
 * @throws TypeError unless `options` is an object
 */
export function withDefaultEngine<O extends SrpOptions>(
  options: O,
  fields: readonly (keyof O)[] = ['engine', 'random'],
): O & EngineOptions {
  const read = readFields(options, 'options', fields)
  return { ...read, engine: read.engine === undefined ? bigintEngine : read.engine } as O & EngineOptions
}
