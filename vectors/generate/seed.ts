// Bytes that look random and are the same on every run: SHA-256 over a label and a counter.
import { createHash } from 'node:crypto'
import { toInteger } from './reference.js'

/** Block number `counter` of the bytes of a label. */
export const seededBlock = (label: string, counter: number): Buffer =>
  createHash('sha256').update(`${label} ${counter}`).digest()

export function seededBytes(label: string, length: number): Buffer {
  const blocks: Buffer[] = []
  for (let counter = 0; blocks.length * 32 < length; counter++) {
    blocks.push(seededBlock(`srp6a-vectors ${label}`, counter))
  }
  return Buffer.concat(blocks).subarray(0, length)
}

/** A 256-bit private key whose top bit is set, so that its length never wavers. */
export function seededKey(label: string): bigint {
  return toInteger(seededBytes(label, 32)) | (1n << 255n)
}
