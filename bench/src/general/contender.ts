import type { Kind } from '../cognito/contender.js'

export interface Credentials {
  username: string
  password: string
}

/** The server's record of a user, in the form that the library has for it. */
export interface Enrolled {
  credentials: Credentials
  record: unknown
}

/** The session keys (or what both sides agree on) after both proofs were checked. */
export interface Handshake {
  clientKey: string
  serverKey: string
}

/** One library on one group: enrolment, and the whole sign-in of client and server with both proofs checked. */
export interface GeneralContender {
  enroll(credentials: Credentials): Promise<Enrolled>
  /** Rejects, or gives two different keys, when the password is wrong. */
  handshake(enrolled: Enrolled, password: string): Promise<Handshake>
  /** The server's half of one login; only of those that are compared as servers. */
  server?: ServerHalf
}

export interface ServerHalf {
  /** B, the answer to a user's name. */
  start(enrolled: Enrolled): unknown
  /**
   * All that comes before the client's proof arrives, with this password. What it gives looks at the proof, once, and
   * makes the server's own; it throws or rejects if the proof is wrong.
   */
  prepare(enrolled: Enrolled, password: string): Promise<() => unknown>
}

export interface GeneralInfo {
  name: string
  label: string
  kind: Kind
  package?: string
  arithmetic: string
  /** Sizes of the groups it brings along, in bits. */
  groups: readonly number[]
  /** True if it is compared as a server too. */
  serverHalf?: true
  load(bits: number): Promise<GeneralContender>
}

/** Check a library before it is timed: the right password signs in with one key, and a wrong one does not. */
export async function check(contender: GeneralContender, credentials: Credentials): Promise<void> {
  const enrolled = await contender.enroll(credentials)
  if (!(await agrees(contender, enrolled, credentials.password))) throw new Error('the right password did not sign in')
  if (await agrees(contender, enrolled, `${credentials.password}x`)) throw new Error('a wrong password signed in')
}

export async function agrees(contender: GeneralContender, enrolled: Enrolled, password: string): Promise<boolean> {
  try {
    const { clientKey, serverKey } = await contender.handshake(enrolled, password)
    return clientKey.length > 0 && clientKey === serverKey
  } catch {
    return false
  }
}

const USERS = 4

export async function enrollUsers(contender: GeneralContender): Promise<Enrolled[]> {
  const users: Enrolled[] = []
  for (let index = 0; index < USERS; index++) {
    users.push(await contender.enroll({ username: `user-${index}`, password: `Pa$$word-${index * 7919}` }))
  }
  return users
}
