// Handshakes a second by number of processes and engine: a table on standard output, a chart in handshakes.svg.
// `node --import tsx examples/srp-server/measure.ts [seconds]`. The clients run in this process and use its time too.
import { writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { startClient, toHex } from '@srp6a/srp'
import { suite } from './app.js'
import { missingRedis, startFleet } from './fleet.js'

interface Row {
  readonly engine: string
  readonly processes: number
  readonly perSecond: number
}

const why = missingRedis()
if (why) {
  console.error(why)
  process.exit(2)
}
const seconds = Number(process.argv[2] ?? 5)

/** Only the server's work counts: one proof is made beforehand, and every handshake answers with it and is refused. */
const clientPublicKey = toHex(startClient(suite).clientPublicKey)
const clientProof = '00'.repeat(32)

async function handshake(begin: string, finish: string): Promise<void> {
  const post = (url: string, body: object) => fetch(url, { method: 'POST', body: JSON.stringify(body) })
  const begun = (await (await post(`${begin}/sign-in/begin`, { username: 'ada' })).json()) as { handshake: string }
  const { status } = await post(`${finish}/sign-in/finish`, {
    handshake: begun.handshake,
    clientPublicKey,
    clientProof,
  })
  if (status !== 401) throw new Error(`a made-up proof gave ${status}`)
}

const rows: Row[] = []
for (const engine of ['bigint', 'wasm', 'node']) {
  for (const processes of [1, 2]) {
    const fleet = await startFleet({ processes, handshakes: 'redis', engine })
    await fleet.addUser('ada', 'correct horse')
    const url = (i: number): string => fleet.workers[i % processes]?.url ?? ''
    for (let i = 0; i < 4; i++) await handshake(url(i), url(i))
    const end = performance.now() + 1000 * seconds
    let count = 0
    await Promise.all(
      Array.from({ length: 4 * processes }, async (_, lane) => {
        while (performance.now() < end) {
          await handshake(url(lane), url(lane + 1))
          count++
        }
      }),
    )
    await fleet.stop()
    rows.push({ engine, processes, perSecond: Math.round(count / seconds) })
    console.log(
      `${engine}, ${processes} process${processes > 1 ? 'es' : ''}: ${rows.at(-1)?.perSecond} handshakes a second`,
    )
  }
}
console.log(`${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.versions.node}; a group of 2048 bits`)
writeFileSync(new URL('handshakes.svg', import.meta.url), chart(rows))

function chart(all: readonly Row[]): string {
  const most = Math.max(...all.map(({ perSecond }) => perSecond))
  const bars = all.map(({ engine, processes, perSecond }, i) => {
    const y = 52 + 28 * i
    const width = Math.max(1, Math.round((420 * perSecond) / most))
    return (
      `<text x="150" y="${y + 14}" text-anchor="end">${engine}, ${processes} process${processes > 1 ? 'es' : ''}</text>` +
      `<rect x="160" y="${y}" width="${width}" height="20" fill="${processes > 1 ? '#2563eb' : '#93c5fd'}"/>` +
      `<text x="${168 + width}" y="${y + 14}">${perSecond}</text>`
    )
  })
  const title = `Handshakes a second, 2048 bits, on ${availableParallelism()} cores shared with the clients`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 660 ${64 + 28 * all.length}" font-family="sans-serif" font-size="13">
<title>${title}</title>
<rect width="100%" height="100%" fill="#fff"/>
<text x="20" y="28" font-size="15" font-weight="bold">${title}</text>
${bars.join('\n')}
</svg>
`
}
