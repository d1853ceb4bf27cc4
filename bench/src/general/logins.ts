// The cost of one login for a server: B for a user's name, then the check of the client's proof and the proof in
// return. And the whole handshake with the client's half, for a machine that plays both.
import type { Task } from '../rounds.js'
import { type Enrolled, enrollUsers, type ServerHalf } from './contender.js'
import { generalNamed } from './contenders.js'
import { generalTask } from './task.js'

export const LOGIN_PARTS: readonly string[] = ['start', 'verify', 'handshake']

/** `name` is that of the library, the bits of the group and one of LOGIN_PARTS, with slashes between. */
export async function loginTask(name: string): Promise<Task> {
  const [library = '', bits = '', part = ''] = name.split('/')
  if (part === 'handshake') return { ...(await generalTask(`${library}/${bits}`)), name }
  const contender = await generalNamed(library).load(Number(bits))
  const { server } = contender
  if (server === undefined) throw new RangeError(`${library} is not compared as a server`)
  const users = await enrollUsers(contender)
  await checkServer(server, users[0] as Enrolled)
  let next = 0
  const user = (): Enrolled => users[next++ % users.length] as Enrolled
  if (part === 'start') return { name, run: () => server.start(user()) }
  const waiting: (() => unknown)[] = []
  return {
    name,
    async prepare(count) {
      waiting.length = 0
      for (let index = 0; index < count; index++) {
        const enrolled = user()
        waiting.push(await server.prepare(enrolled, enrolled.credentials.password))
      }
    },
    run() {
      const verify = waiting.pop()
      if (verify === undefined) throw new Error('no login was prepared')
      return verify()
    },
  }
}

/** A server that takes a wrong proof is not worth timing: what it does may be less. */
export async function checkServer(server: ServerHalf, user: Enrolled): Promise<void> {
  const { password } = user.credentials
  await (await server.prepare(user, password))()
  const verify = await server.prepare(user, `${password}x`)
  const refused = await Promise.resolve()
    .then(verify)
    .then(
      () => false,
      () => true,
    )
  if (!refused) throw new Error('a wrong proof was taken')
}
