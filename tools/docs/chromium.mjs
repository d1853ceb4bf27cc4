// A page in Chromium, without a driver: the DevTools protocol over two pipes, as JSON texts that end with a zero byte.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { temporaryFolder } from '../packaging/pack.mjs'

const PROGRAM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
const FLAGS =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking ' +
  '--disable-component-update --disable-sync --remote-debugging-pipe'

/** @returns undefined where there is no Chromium; else `evaluate(code)` in the page, `until(code)` and `close()` */
export async function openPage(url) {
  if (PROGRAM === undefined) return undefined
  const profile = temporaryFolder('chromium')
  const child = spawn(PROGRAM, [...FLAGS.split(' '), `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    detached: true,
    env: { ...process.env, HOME: profile },
  })
  const waiting = new Map()
  let text = ''
  child.stdio[4].on('data', (data) => {
    const parts = (text + data).split('\0')
    text = parts.pop()
    for (const part of parts) {
      const { id, result, error } = JSON.parse(part)
      const call = waiting.get(id)
      waiting.delete(id)
      if (error) call?.reject(new Error(error.message))
      else call?.resolve(result)
    }
  })
  let last = 0
  const send = (method, params = {}, sessionId = undefined) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject })
      child.stdio[3].write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`)
    })

  const { targetId } = await send('Target.createTarget', { url })
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true })
  const evaluate = async (expression) => {
    const params = { expression, awaitPromise: true, returnByValue: true }
    const { result, exceptionDetails } = await send('Runtime.evaluate', params, sessionId)
    if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.exception?.description}`)
    return result.value
  }
  return {
    evaluate,
    async until(expression) {
      for (let i = 0; i < 600; i++) {
        if (await evaluate(expression)) return
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      throw new Error(`never true: ${expression}; the page says: ${await evaluate('document.body.innerText')}`)
    },
    reload: () => send('Page.reload', {}, sessionId),
    close() {
      try {
        process.kill(-child.pid, 'SIGKILL')
      } catch {
        // It has ended already.
      }
    },
  }
}
