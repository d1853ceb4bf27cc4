// The summary in the terminal: the figures, and the demands on the library beside them.
import { demands } from './demands.js'
import type { Results } from './results.js'
import { entryTable, firstTable, generalTable, loginTable, milliseconds, table } from './tables.js'

export function summary(results: Results): string {
  const { machine, runtime, signIn, latency, first, devices, servers, logins, general, heap, hermes, otherNodes, bun } =
    results
  const parts = [
    `${machine.cpu}, ${machine.cores} cores, ${machine.platform}; Node ${runtime.node}, V8 ${runtime.v8}, OpenSSL ${runtime.openssl}, kernel ${runtime.kernel ?? 'unknown'}`,
  ]
  if (machine.loadBefore > 0.5) {
    parts.push(
      `The machine was busy when this began (load ${machine.loadBefore.toFixed(1)}): trust the ratios, not the times.`,
    )
  }
  if (signIn !== undefined) parts.push(entryTable(signIn, 'one sign-in'))
  for (const [major, other] of Object.entries(otherNodes ?? {})) {
    parts.push(
      `Node ${other.version} (${major}), V8 ${other.v8}, OpenSSL ${other.openssl}, kernel ${other.kernel ?? 'unknown'}`,
      entryTable(other.signIn, 'one sign-in'),
    )
    if (other.first !== undefined) parts.push(firstTable(other.first))
  }
  if (bun !== undefined) parts.push(`Bun ${bun.version}, kernel ${bun.kernel}`, entryTable(bun.signIn, 'one sign-in'))
  if (latency !== undefined) parts.push(entryTable(latency, 'from challenge to answer'))
  if (first !== undefined) parts.push(firstTable(first))
  if (devices !== undefined) parts.push(entryTable(devices, 'device verifier'))
  if (servers !== undefined) parts.push(entryTable(servers, 'server'))
  if (logins !== undefined) parts.push(loginTable(logins))
  if (general !== undefined) parts.push(generalTable(general))
  for (const { signIns, heapBytes, bufferBytes } of Object.values(heap ?? {})) {
    const grown = (heapBytes.after - heapBytes.before + bufferBytes.after - bufferBytes.before) / 1024
    parts.push(`After ${signIns} sign-ins the heap and its buffers hold ${grown.toFixed(0)} KiB more than before.`)
  }
  if (hermes !== undefined) {
    parts.push(`Hermes ${hermes.version}: ${milliseconds(hermes.ms)} a sign-in, the first one ${hermes.firstMs} ms.`)
  }
  const wrong = wrongResults(results)
  if (wrong.length > 0) parts.push(`Wrong results: ${wrong.join('; ')}.`)
  const rows = demands(results).map(({ what, bound, reached, met }) => [what, bound, reached, met ? 'yes' : 'NO'])
  if (rows.length > 0) parts.push(table(['demand', 'bound', 'reached', 'met'], rows))
  return parts.join('\n\n')
}

/** Some peers err now and then (a digest with leading zeros, for one): say so next to their times. */
function wrongResults({ signIn, latency, first, devices, servers, general, hermes }: Results): string[] {
  const sections = { 'sign-in': signIn, latency, 'first sign-in': first, devices, servers, ...general }
  const found = Object.entries(sections).flatMap(([section, entries]) =>
    Object.values(entries ?? {})
      .filter(({ wrong }) => wrong > 0)
      .map(({ label, wrong, checked }) => `${label}, ${section}: ${wrong} of ${checked}`),
  )
  if (hermes !== undefined && hermes.wrong > 0) found.push(`Hermes: ${hermes.wrong} of ${hermes.checked}`)
  return found
}
