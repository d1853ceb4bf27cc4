import type { Context } from '../context.js'
import { EXIT, Failure, usage } from '../failure.js'
import { printable, printableJson } from '../style.js'

/** A message as the emulator keeps it. */
type Message = Readonly<Record<string, unknown>>

const TOKEN_PLACE = 'It prints one when it starts, or takes the one of EMULATOR_CONTROL_TOKEN: set the same here.'

/** `outbox`: the codes that an emulator has sent, for demos and tests. */
export async function outboxCommand(context: Context): Promise<void> {
  const { settings, io, speaker, terminal } = context
  const { endpoint, username } = settings
  if (!endpoint) throw usage('Which emulator?', 'Give its address: --endpoint http://127.0.0.1:9229')
  const token = settings.flag('token-stdin')
    ? await terminal.readStdin('token')
    : io.env.EMULATOR_CONTROL_TOKEN || undefined
  speaker.keep(token)
  const messages = await messagesOf(endpoint, token)
  const mine = messages.filter((one) => !username || one.username === username || one.to === username)
  if (settings.flag('json')) return void io.stdout.write(`${printableJson(mine)}\n`)
  for (const message of mine) {
    const texts = Object.entries(message).filter(([, value]) => typeof value === 'string' || typeof value === 'number')
    io.stdout.write(`${texts.map(([name, value]) => `${printable(name)}=${printable(String(value))}`).join('  ')}\n`)
  }
}

/** Ask the control path where there is a token for it, else the open list of the status page. */
async function messagesOf(endpoint: string, token: string | undefined): Promise<Message[]> {
  const url = new URL(token === undefined ? '/outbox' : '/_emulator/outbox', endpoint)
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  let response: Response
  try {
    // A token goes nowhere but where it was sent.
    response = await fetch(url, { headers, redirect: 'error' })
  } catch {
    throw new Failure(
      EXIT.service,
      `No emulator answers at ${url.origin}.`,
      'Start one: npx cognito-user-pool-emulator --seed pool.json',
    )
  }
  if (response.status === 401 || response.status === 403) {
    throw token === undefined
      ? usage('The emulator wants the token of its control path.', TOKEN_PLACE)
      : new Failure(EXIT.refused, 'The emulator refuses the token of its control path.', TOKEN_PLACE)
  }
  const reply: unknown = await response.json().catch(() => undefined)
  const list = token === undefined ? reply : (reply as { messages?: unknown } | null | undefined)?.messages
  if (!Array.isArray(list) || !list.every((one) => typeof one === 'object' && one)) {
    throw new Failure(EXIT.service, `What answers at ${url.origin} is no emulator.`, 'Look at --endpoint.')
  }
  return list as Message[]
}
