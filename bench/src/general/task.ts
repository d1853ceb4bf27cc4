import type { Task } from '../rounds.js'
import { check, type Enrolled, enrollUsers, type Handshake } from './contender.js'
import { generalNamed } from './contenders.js'

/** `name` is that of the library, a slash, and the bits of the group. One call is the whole handshake of both sides. */
export async function generalTask(name: string): Promise<Task> {
  const [library, bits] = name.split('/')
  const contender = await generalNamed(library ?? '').load(Number(bits))
  await check(contender, { username: 'check', password: 'Pa$$word-check' })
  const users = await enrollUsers(contender)
  let next = 0
  return {
    name,
    run: () => {
      const user = users[next++ % users.length] as Enrolled
      return contender.handshake(user, user.credentials.password)
    },
    check: (last) => {
      const { clientKey, serverKey } = last as Handshake
      return clientKey.length > 0 && clientKey === serverKey
    },
  }
}
