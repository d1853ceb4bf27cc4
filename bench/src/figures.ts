// The figures that Markdown files may quote, by name. Whatever stands in a README about speed comes from here.
import { shortCommit } from '../timing/figures.js'
import { figure } from './charts/bars.js'
import { coldFactor, quotient } from './demands.js'
import type { Entry, Results } from './results.js'
import { entryTable, exact, firstTable, generalTable, loginTable, milliseconds } from './tables.js'

/** Name and text of every figure that the results hold. A text of several lines is a block of its own. */
export function figures(results: Results): Map<string, string> {
  const found = new Map<string, string>()
  const { machine, runtime, date, rounds, heap, hermes, first, general, otherNodes } = results
  found.set('date', date.slice(0, 10))
  found.set('commit', shortCommit(results.core))
  found.set('rounds', String(rounds))
  found.set('machine', `${machine.cpu}, ${machine.cores} cores, ${machine.platform}`)
  found.set('runtime', `Node ${runtime.node} (V8 ${runtime.v8}, OpenSSL ${runtime.openssl})`)
  const sections = {
    'sign-in': results.signIn,
    latency: results.latency,
    devices: results.devices,
    servers: results.servers,
  }
  for (const [section, entries] of Object.entries(sections)) {
    if (entries === undefined) continue
    addEntries(found, section, entries)
    found.set(`${section}.table`, entryTable(entries, TITLES[section] ?? section))
  }
  for (const [major, other] of Object.entries(otherNodes ?? {})) {
    found.set(`node-${major}.version`, other.version)
    addEntries(found, `node-${major}.sign-in`, other.signIn)
    found.set(`node-${major}.sign-in.table`, entryTable(other.signIn, TITLES['sign-in'] ?? ''))
    if (other.kernel !== undefined) found.set(`node-${major}.kernel`, other.kernel)
    if (other.first !== undefined) found.set(`node-${major}.first.table`, firstTable(other.first))
    const auto = quotient(other.signIn, 'amazon-cognito-identity-js', 'auto')
    if (auto !== undefined) found.set(`node-${major}.auto.faster`, exact(auto))
  }
  if (results.bun !== undefined) {
    found.set('bun.version', results.bun.version)
    found.set('bun.kernel', results.bun.kernel)
    found.set('bun.sign-in.table', entryTable(results.bun.signIn, TITLES['sign-in'] ?? ''))
  }
  if (runtime.kernel !== undefined) found.set('kernel', runtime.kernel)
  if (first !== undefined) {
    for (const [name, entry] of Object.entries(first)) {
      found.set(`first.${name}.import`, milliseconds(entry.importMs))
      found.set(`first.${name}.ms`, milliseconds(entry.signInMs))
      found.set(`first.${name}.together`, milliseconds(entry.totalMs))
      const factor = coldFactor(first, name)
      if (factor !== undefined && name !== 'default') found.set(`first.${name}.over-ours`, exact(factor))
    }
    found.set('first.table', firstTable(first))
  }
  if (results.logins !== undefined) found.set('logins.table', loginTable(results.logins))
  if (general !== undefined) {
    for (const [bits, entries] of Object.entries(general)) addEntries(found, `general.${bits}`, entries)
    found.set('general.table', generalTable(general))
  }
  for (const [name, { signIns, heapBytes, bufferBytes }] of Object.entries(heap ?? {})) {
    const grown = heapBytes.after - heapBytes.before + bufferBytes.after - bufferBytes.before
    found.set(`heap.${name}.sign-ins`, signIns.toLocaleString('en'))
    found.set(`heap.${name}.growth`, `${Math.round(grown / 1024)} KiB`)
    found.set(`heap.${name}.in-use`, `${figure(heapBytes.after / 2 ** 20)} MiB`)
  }
  if (hermes !== undefined) {
    found.set('hermes.version', hermes.version)
    found.set('hermes.ms', milliseconds(hermes.ms))
    found.set('hermes.first', `${hermes.firstMs} ms`)
  }
  return found
}

const TITLES: Record<string, string> = {
  'sign-in': 'one sign-in',
  latency: 'from challenge to answer',
  devices: 'device verifier',
  servers: 'server',
}

function addEntries(found: Map<string, string>, section: string, entries: Record<string, Entry>): void {
  for (const [name, { ms, overOurs, overOpenssl, version }] of Object.entries(entries)) {
    const key = `${section}.${name.replaceAll('/', '.')}`
    found.set(`${key}.ms`, milliseconds(ms))
    if (version !== undefined) found.set(`${key}.version`, version)
    if (overOurs !== undefined) found.set(`${key}.over-ours`, exact(overOurs.median))
    if (overOpenssl !== undefined) found.set(`${key}.over-openssl`, exact(overOpenssl.median))
  }
}
