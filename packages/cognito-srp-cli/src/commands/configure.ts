import { existsSync } from 'node:fs'
import { readProfiles } from '../config-file.js'
import type { Context } from '../context.js'
import { Failure, usage } from '../failure.js'
import { checkOwn, ownFile } from '../own-profiles.js'
import { writePrivately } from '../private-folder.js'
import { missing } from '../service.js'
import { checkEndpoint, checkUserPoolId } from '../settings.js'
import { printable } from '../style.js'

/** `configure`: a profile in the user's own file, in place of one of the same name. */
export async function configureCommand(context: Context): Promise<void> {
  const { io, settings, speaker, terminal } = context
  const name = settings.option('profile') ?? 'default'
  if (!/^[\w.@-]{1,64}$/.test(name)) throw usage('--profile: expected letters, digits and . _ @ -')
  const path = ownFile(io.env, io.home)
  if (existsSync(path)) checkOwn(path)
  // Read before anything is asked: what cannot be read cannot be added to.
  const { profiles, ...rest } = existsSync(path) ? readProfiles(path) : { profiles: {} }
  const attended = terminal.attended
  const asked = async (question: string, what: string, check: (text: string) => void): Promise<string> => {
    for (;;) {
      const text = (await terminal.ask(question, { what })).trim()
      try {
        check(text)
        return text
      } catch (error) {
        if (!(error instanceof Failure)) throw error
        for (const line of [error.message, ...error.advice]) terminal.show(printable(line))
      }
    }
  }
  if (!attended && !settings.userPoolId) throw missing('user-pool-id')
  if (!attended && !settings.clientId) throw missing('client-id')
  const userPoolId = settings.userPoolId ?? (await asked('User pool id: ', 'user pool id', checkUserPoolId))
  const clientId =
    settings.clientId ??
    (await asked('App client id: ', 'app client id', (text) => {
      if (!/^[\w+]{1,128}$/.test(text)) throw usage('An id of an app client has letters and digits only.')
    }))
  const allowHttp = settings.flag('allow-http')
  const endpoint =
    settings.endpoint ??
    (attended
      ? await asked('Endpoint (Enter for Amazon): ', 'endpoint', (text) => text && checkEndpoint(text, allowHttp))
      : '')
  const profile = { userPoolId, clientId, ...(endpoint && { endpoint }) }
  const written = { defaultProfile: name, ...rest, profiles: { ...profiles, [name]: profile } }
  try {
    await writePrivately(path, `${JSON.stringify(written, null, 2)}\n`)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw usage(`Cannot write ${path}: ${code ?? message}`, 'XDG_CONFIG_HOME names another folder for it.')
  }
  const done = Object.hasOwn(profiles, name) ? 'Replaced' : 'Written'
  speaker.say(`${speaker.style.green(done)}: profile ${name} in ${path}`)
  speaker.say(`Use it: cognito-srp sign-in --profile ${name}`)
}
