import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import type { PasskeyRequest } from 'cognito-srp-flows'

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()

/** As much CBOR (RFC 8949) as an attestation without a statement needs. */
function cbor(value: unknown): Buffer {
  const head = (major: number, length: number) => {
    if (length < 24) return Buffer.of((major << 5) | length)
    if (length < 256) return Buffer.of((major << 5) | 24, length)
    return Buffer.of((major << 5) | 25, length >> 8, length & 255)
  }
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  const entries = [...(value as Map<unknown, unknown>)]
  return Buffer.concat([head(5, entries.length), ...entries.flatMap(([key, item]) => [cbor(key), cbor(item)])])
}

/** An authenticator in software with one ES256 key (WebAuthn Level 3), for tests. */
export function authenticator(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(32)
  let count = 0
  const clientData = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  const authenticatorData = (rpId: string, flags: number) => {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(++count)
    return Buffer.concat([sha256(rpId), Buffer.of(flags), counter])
  }

  return {
    /** RegistrationResponseJSON for CreationOptionsJSON. */
    create(options: { challenge: string; rp: { id?: string } }, rpId = options.rp.id ?? 'localhost') {
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
      const coordinate = (text: string) => Buffer.from(text, 'base64url')
      const key = cbor(
        new Map<number, unknown>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, coordinate(x)],
          [-3, coordinate(y)],
        ]),
      )
      const credential = Buffer.concat([Buffer.alloc(16), Buffer.of(0, id.length), id, key])
      // User present, user verified, attested credential data included.
      const authData = Buffer.concat([authenticatorData(rpId, 0x45), credential])
      const attestation = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ])
      return {
        id: id.toString('base64url'),
        rawId: id.toString('base64url'),
        type: 'public-key',
        response: {
          clientDataJSON: clientData('webauthn.create', options.challenge).toString('base64url'),
          attestationObject: cbor(attestation).toString('base64url'),
          transports: ['internal'],
        },
        clientExtensionResults: {},
      }
    },
    /** Return the result of navigator.credentials.get({ publicKey: request }): buffers, not texts. */
    get(request: PasskeyRequest) {
      const buffer = (bytes: Uint8Array) => Uint8Array.from(bytes).buffer
      const data = clientData('webauthn.get', Buffer.from(request.challenge).toString('base64url'))
      const authData = authenticatorData(request.rpId ?? 'localhost', 0x05)
      const signature = createSign('sha256').update(authData).update(sha256(data)).sign(privateKey)
      return {
        id: id.toString('base64url'),
        rawId: buffer(id),
        type: 'public-key',
        response: {
          authenticatorData: buffer(authData),
          clientDataJSON: buffer(data),
          signature: buffer(signature),
          userHandle: null,
        },
        authenticatorAttachment: 'platform',
        getClientExtensionResults: () => ({}),
      }
    },
  }
}
