// The command itself, as someone would run it, its set-up included; no browser is needed for this.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { STORIES } from '../stories.js'

const script = fileURLToPath(new URL('../../../tools/workspace/demo-web.mjs', import.meta.url))

let demo: ChildProcess
let url = ''

beforeAll(async () => {
  demo = spawn(process.execPath, [script, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  let printed = ''
  for await (const part of demo.stdout ?? []) {
    printed += String(part)
    url = /http:\/\/localhost:\d+/.exec(printed)?.[0] ?? ''
    if (url !== '') break
  }
}, 240_000)

afterAll(() => {
  demo.kill('SIGKILL')
})

/** A GET with a Host of our own, which `fetch` does not let us set. */
async function statusFor(host: string): Promise<number | undefined> {
  const sent = request({ host: '127.0.0.1', port: new URL(url).port, path: '/', headers: { host } }).end()
  const [response] = (await once(sent, 'response')) as [{ statusCode?: number; resume(): void }]
  response.resume()
  return response.statusCode
}

test('serves a page that may load nothing from elsewhere', async () => {
  const response = await fetch(url.replace('localhost', '127.0.0.1'))
  const policy = response.headers.get('content-security-policy') ?? ''
  expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; .*connect-src 'self';/)
  expect(policy).not.toMatch(/https?:|unsafe|\*/)
  const page = await response.text()
  const addresses = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address)
  expect(addresses.length).toBeGreaterThan(2)
  for (const address of addresses) expect(address).toMatch(/^(\/assets\/|#|data:)/)
})

test('answers to no one who comes under another name', async () => {
  expect(await statusFor('localhost')).toBe(200)
  expect(await statusFor('attacker.example')).toBe(403)
})

test('has a pool for every story, and begins each afresh', async () => {
  for (const { id } of STORIES) {
    const target = 'AWSCognitoIdentityProviderService.GetUser'
    const reply = await fetch(`${url}/pool/${id}`, { method: 'POST', headers: { 'x-amz-target': target }, body: '{}' })
    expect(reply.headers.get('x-amzn-errortype')).toBe('InvalidParameterException:')
    expect(reply.headers.get('server-timing')).toMatch(/^pool;dur=\d/)
    expect((await fetch(`${url}/begin/${id}`, { method: 'POST' })).status).toBe(204)
    expect(await (await fetch(`${url}/phone/${id}`)).json()).toEqual([])
  }
  expect((await fetch(`${url}/begin/no one`, { method: 'POST' })).status).toBe(404)
  expect((await fetch(`${url}/trouble/sms/nothing`, { method: 'POST' })).status).toBe(404)
})

test('ends at once on Ctrl-C', async () => {
  demo.kill('SIGINT')
  const [code] = await once(demo, 'exit')
  expect(code).toBe(0)
  await expect(fetch(url)).rejects.toThrow()
})
