// A whole sign-up and sign-in over JSON, with both sides in one file: node node_modules/tsx/dist/cli.mjs examples/handshake.ts
import { enroll, fromBase64, startClient, startServer, suites, toBase64 } from '@srp6a/srp'

const suite = suites.rfc5054
const user = { username: 'ada', password: 'correct horse' }

/** A message between the sides: JSON, with bytes as base64. */
type Message = Readonly<Record<string, string>>
const write = (fields: object): string =>
  JSON.stringify(fields, (_, value) => (value instanceof Uint8Array ? toBase64(value) : value))
const read = (text: string): Message => JSON.parse(text)
const bytes = (message: Message, name: string): Uint8Array => fromBase64(message[name] ?? '')

// Sign-up: the server keeps this record, and never sees the password.
const signUp = read(write(enroll(suite, user)))
const record = { username: 'ada', salt: bytes(signUp, 'salt'), verifier: bytes(signUp, 'verifier') }

// 1. The client sends its name; the server looks the record up, and sends { salt, serverPublicKey }.
const server = startServer(suite, record)
const hello = read(write({ salt: server.salt, serverPublicKey: server.serverPublicKey }))

// 2. The client sends { clientPublicKey, clientProof }; the server checks them, or throws.
const salt = bytes(hello, 'salt')
const answer = startClient(suite).answer({ ...user, salt, serverPublicKey: bytes(hello, 'serverPublicKey') })
const claim = read(write({ clientPublicKey: answer.clientPublicKey, clientProof: answer.clientProof }))
const [clientPublicKey, clientProof] = [bytes(claim, 'clientPublicKey'), bytes(claim, 'clientProof')]
const { username, serverProof, sessionKey } = server.verify({ clientPublicKey, clientProof })

// 3. The server sends { serverProof }; the client checks it, or throws. Both have one key now.
const reply = read(write({ serverProof }))
const confirmed = answer.confirm({ serverProof: bytes(reply, 'serverProof') })
const same = toBase64(confirmed.sessionKey) === toBase64(sessionKey)
console.log(`${username} has signed in; both sides have ${same ? 'the same key' : 'different keys'}`)
