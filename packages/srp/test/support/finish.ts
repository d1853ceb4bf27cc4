import type { SrpClient, SrpServer } from '@srp6a/srp'
import { expect } from 'vitest'

interface Agreed {
  readonly clientProof: Uint8Array
  readonly serverProof: Uint8Array
  readonly sessionKey: Uint8Array
}

/** Carry a handshake to its end, and check that both sides have the same key. */
export function finish(
  client: SrpClient,
  server: SrpServer,
  { username, password, salt }: { readonly username: string; readonly password: string; readonly salt: Uint8Array },
): Agreed {
  const { clientProof, confirm } = client.answer({ username, password, salt, serverPublicKey: server.serverPublicKey })
  const { serverProof, sessionKey } = server.verify({ clientPublicKey: client.clientPublicKey, clientProof })
  expect(confirm({ serverProof }).sessionKey).toEqual(sessionKey)
  return { clientProof, serverProof, sessionKey }
}
