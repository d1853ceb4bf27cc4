import { completionScript, isShell, SHELLS } from '../completion.js'
import type { Context } from '../context.js'
import { usage } from '../failure.js'

/** `completion` */
export async function completionCommand({ io, settings }: Context): Promise<void> {
  const shell = settings.option('username') ?? ''
  if (!isShell(shell)) throw usage(`Which shell: ${SHELLS.join(', ')}?`, 'Example: cognito-srp completion bash')
  io.stdout.write(completionScript(shell))
}
