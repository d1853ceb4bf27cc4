import { type Arguments, readArguments } from './arguments.js'
import type { CommandName } from './command-table.js'
import { completionCommand } from './commands/completion.js'
import { configureCommand } from './commands/configure.js'
import { doctorCommand } from './commands/doctor.js'
import { forgetDeviceCommand } from './commands/forget-device.js'
import { initiateCommand } from './commands/initiate.js'
import { outboxCommand } from './commands/outbox.js'
import { refreshCommand } from './commands/refresh.js'
import { respondCommand } from './commands/respond.js'
import { signInCommand } from './commands/sign-in.js'
import { signOutCommand } from './commands/sign-out.js'
import { tokenCommand } from './commands/token.js'
import { whoamiCommand } from './commands/whoami.js'
import { type Context, openContext } from './context.js'
import { explain } from './explain.js'
import { EXIT, type ExitCode, Interrupted } from './failure.js'
import { overview } from './help.js'
import { type Io, Speaker } from './io.js'
import { ownFile } from './own-profiles.js'
import { readSettings, type Settings } from './settings.js'
import { printable } from './style.js'

const RUN: Readonly<Record<CommandName, (context: Context) => Promise<void>>> = {
  'sign-in': signInCommand,
  initiate: initiateCommand,
  respond: respondCommand,
  token: tokenCommand,
  doctor: doctorCommand,
  outbox: outboxCommand,
  refresh: refreshCommand,
  whoami: whoamiCommand,
  'forget-device': forgetDeviceCommand,
  'sign-out': signOutCommand,
  configure: configureCommand,
  completion: completionCommand,
}

/** Carry out a command, and say what went wrong. */
export async function execute(args: readonly string[], io: Io, version: string): Promise<ExitCode> {
  const speaker = new Speaker(io.stderr, io.env, !args.includes('--no-color'))
  let settings: Settings | undefined
  let context: Context | undefined
  try {
    if (args.length === 0) {
      io.stderr.write(overview(speaker.style, version))
      return EXIT.usage
    }
    const parsed: Arguments = readArguments(args)
    settings = readSettings(parsed, io.env, io.cwd, ownFile(io.env, io.home))
    context = openContext(io, parsed, settings)
    for (const note of settings.notes) context.speaker.say(context.speaker.style.dim(note))
    await RUN[parsed.command](context)
    return EXIT.done
  } catch (error) {
    if (error instanceof Interrupted) {
      speaker.say('Interrupted.')
      return EXIT.interrupted
    }
    const { address, skew } = context?.service ?? {}
    const failure = explain(error, { settings, address, skew, env: io.env })
    const say = (line: string) => (context?.speaker ?? speaker).say(line)
    say(`${speaker.style.red('cognito-srp:')} ${printable(failure.message)}`)
    for (const line of failure.advice) say(`  ${printable(line)}`)
    return failure.exitCode
  } finally {
    context?.terminal.close()
  }
}
