import type { Context } from '../context.js'
import { EXIT, Failure, usage } from '../failure.js'
import { printable, printableJson } from '../style.js'

/** `outbox`: the codes that an emulator has sent, for demos and tests. */
export async function outboxCommand({ settings, io }: Context): Promise<void> {
  if (!settings.endpoint) throw usage('Which emulator?', 'Give its address: --endpoint http://127.0.0.1:9229')
  const url = new URL('/outbox', settings.endpoint)
  let messages: unknown
  try {
    const response = await fetch(url, { redirect: 'error' })
    messages = await response.json()
  } catch {
    throw new Failure(
      EXIT.service,
      `No emulator answers at ${url.origin}.`,
      'Start one: npx cognito-user-pool-emulator --seed pool.json',
    )
  }
  if (!Array.isArray(messages)) throw new Failure(EXIT.service, `What answers at ${url.origin} is no emulator.`)
  const { username } = settings
  const mine = messages.filter((one) => !username || Object.values(one as object).includes(username))
  if (settings.flag('json')) return void io.stdout.write(`${printableJson(mine)}\n`)
  for (const message of mine) {
    const texts = Object.entries(message as object).filter(
      ([, value]) => typeof value === 'string' || typeof value === 'number',
    )
    io.stdout.write(`${texts.map(([name, value]) => `${printable(name)}=${printable(String(value))}`).join('  ')}\n`)
  }
}
