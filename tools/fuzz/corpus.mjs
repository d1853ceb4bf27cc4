// The inputs of a target that are kept: one JSON file each, as texts, or as base64 where the bytes are no UTF-8.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const BASE64 = 'base64:'

export function toEntry(bytes) {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  const isText = Buffer.from(text).equals(Buffer.from(bytes)) && !text.startsWith(BASE64)
  return isText ? text : BASE64 + Buffer.from(bytes).toString('base64')
}

export function fromEntry(entry) {
  return entry.startsWith(BASE64)
    ? Uint8Array.from(Buffer.from(entry.slice(BASE64.length), 'base64'))
    : new TextEncoder().encode(entry)
}

/** @returns {Uint8Array[]} */
export const readCorpus = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).map(fromEntry) : [])

export function writeCorpus(file, inputs) {
  const entries = inputs.map(toEntry).sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(entries, null, 2)}\n`)
}

/** The shortest inputs that together move all counters that all of them move. */
export function smallest(entries) {
  const kept = []
  const covered = new Set()
  for (const entry of [...entries].sort((a, b) => a.input.length - b.input.length)) {
    if (entry.moved.every((counter) => covered.has(counter))) continue
    for (const counter of entry.moved) covered.add(counter)
    kept.push(entry.input)
  }
  return kept
}
