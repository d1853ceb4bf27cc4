import { isCommand } from './command-table.js'
import { EXIT, type ExitCode } from './failure.js'
import { briefOf, helpOf, isTopic, overview, topic } from './help.js'
import type { Io } from './io.js'
import { style, wantsColor } from './style.js'

/** The whole program: what was typed, and the exit code. */
export async function run(args: readonly string[], io: Io, version: string): Promise<ExitCode> {
  if (help(args, io, version)) return EXIT.done
  // Loaded here: help is asked for often, and needs none of it.
  const { execute } = await import('./execute.js')
  return execute(args, io, version)
}

/** Help and version go to standard output, so that they can be paged. */
function help(args: readonly string[], io: Io, version: string): boolean {
  const [first = '', second = ''] = args
  const { write } = { write: (text: string) => void io.stdout.write(text) }
  const look = style(!args.includes('--no-color') && wantsColor(io.env, io.stdout.isTTY === true))
  if (/^(-v|--version|version)$/.test(first)) {
    write(`${version}\n`)
    return true
  }
  const asksAll = /^(-h|--help|help)$/.test(first)
  if (asksAll && isCommand(second)) write(helpOf(look, second))
  else if (asksAll && isTopic(second)) write(topic(look, second))
  else if (isCommand(first) && (args.includes('--help') || args.includes('-h'))) write(briefOf(look, first))
  else if (asksAll) write(overview(look, version))
  else return false
  return true
}
