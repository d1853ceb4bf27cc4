import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose'
import type { PrivateJwk } from '../config/options.js'
import type { Pool } from '../model/pool.js'

/** A pool's key, ready for use. */
export interface SigningKey {
  readonly kid: string
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
  /** what jwks.json lists */
  readonly publicJwk: JWK
}

const keys = new WeakMap<Pool, Promise<SigningKey>>()

/** A fresh RSA key of 2048 bits. */
export async function newSigningKey(): Promise<PrivateJwk> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return exportJWK(privateKey)
}

async function load(pool: Pool): Promise<SigningKey> {
  if (pool.signingKey === undefined) {
    pool.signingKey = await newSigningKey()
  }
  const { kty, n, e } = pool.signingKey
  if (kty !== 'RSA' || n === undefined || e === undefined || pool.signingKey.d === undefined) {
    throw new TypeError('signingKey must be an RSA private key as a JWK')
  }
  const kid = pool.signingKey.kid ?? (await calculateJwkThumbprint({ kty, n, e }))
  const publicJwk: JWK = { kty, n, e, kid, alg: 'RS256', use: 'sig' }
  const [privateKey, publicKey] = await Promise.all([
    importJWK(pool.signingKey as JWK, 'RS256'),
    importJWK(publicJwk, 'RS256'),
  ])
  if (privateKey instanceof Uint8Array || publicKey instanceof Uint8Array) {
    throw new TypeError('signingKey must be an RSA private key as a JWK')
  }
  return { kid, privateKey, publicKey, publicJwk }
}

/** The pool's RS256 key, made when it is first needed. */
export function signingKey(pool: Pool): Promise<SigningKey> {
  let key = keys.get(pool)
  if (key === undefined) {
    key = load(pool)
    keys.set(pool, key)
  }
  return key
}

/** Sign claims with the pool's key. */
export async function signJwt(pool: Pool, claims: JWTPayload): Promise<string> {
  const { kid, privateKey } = await signingKey(pool)
  return new SignJWT(claims).setProtectedHeader({ kid, alg: 'RS256' }).sign(privateKey)
}
