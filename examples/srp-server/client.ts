// The other side: whatever has fetch.
import { fromHex, startClient, toHex } from '@srp6a/srp'
import { suite } from './app.js'

/** A server refused, or could not be reached; `begun` says whether the handshake had begun there. */
export class SignInFailed extends Error {
  override readonly name = 'SignInFailed'
  constructor(
    readonly status: number,
    readonly begun: boolean,
    cause?: unknown,
  ) {
    super(`the sign-in failed with status ${status}`, { cause })
  }
}

export interface SignedIn {
  readonly username: string
  readonly sessionKey: Uint8Array
  /** The second request, as it went out: a test sends it again. */
  readonly finish: Readonly<Record<string, string>>
}

async function post(url: string, body: object, begun: boolean): Promise<Record<string, string>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch((error: unknown) => {
    throw new SignInFailed(0, begun, error)
  })
  if (!response.ok) throw new SignInFailed(response.status, begun)
  return (await response.json()) as Record<string, string>
}

/**
 * Sign in over HTTP.
 *
 * @param urls.begin the process that is asked first, such as `http://127.0.0.1:3000`
 * @param urls.finish the process that checks the proof: any of them
 * @throws SignInFailed; SrpError `wrong-proof` if the server does not know the verifier
 */
export async function signIn(
  urls: { readonly begin: string; readonly finish: string },
  { username, password }: { readonly username: string; readonly password: string },
): Promise<SignedIn> {
  const client = startClient(suite)
  const {
    salt = '',
    serverPublicKey = '',
    handshake = '',
  } = await post(`${urls.begin}/sign-in/begin`, { username }, false)
  const answer = client.answer({ username, password, salt: fromHex(salt), serverPublicKey: fromHex(serverPublicKey) })
  const finish = {
    handshake,
    clientPublicKey: toHex(answer.clientPublicKey),
    clientProof: toHex(answer.clientProof),
  }
  const reply = await post(`${urls.finish}/sign-in/finish`, finish, true)
  const { sessionKey } = answer.confirm({ serverProof: fromHex(reply.serverProof ?? '') })
  return { username: reply.username ?? '', sessionKey, finish }
}
