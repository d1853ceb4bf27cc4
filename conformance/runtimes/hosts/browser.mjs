// Browsers: a page on a loopback origin of its own signs in to the pools across origins, and sends its report back. No
// driver in between, for Playwright drives only its own builds of Firefox and WebKit: the browser is told where to go, as by
// its user.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { start, TIME_LIMIT_MS } from '../processes.mjs'

const PAGE = `<!doctype html><meta charset="utf-8"><title>suite</title>
<script src="/suite.js"></script>
<script>
fetch('/host').then((reply) => reply.json()).then(runSuite).catch((error) => ({ crashed: String(error) }))
  .then((outcome) => fetch('/report', { method: 'POST', body: JSON.stringify(outcome) }))
</script>`

/**
 * @param argsOf the command line, of the page's address and a folder for the profile
 * @param options `kind` of bundle, and `display` if it needs an X server
 */
export const browserHost =
  (argsOf, { kind = 'web', display = false, env = {} } = {}) =>
  async ({ program, bundle, pools, settings }) => {
    const suite = readFileSync(await bundle(kind))
    const profile = mkdtempSync(join(tmpdir(), 'srp6a-browser-'))
    const page = await servePage(suite, { pools, settings })
    const screen = display ? await startDisplay() : undefined
    const browser = start(program, argsOf(page.url, profile), {
      env: { ...process.env, HOME: profile, ...env, ...(screen && { DISPLAY: screen.name }) },
    })
    try {
      const ended = browser.ended.then(({ code, stderr }) => {
        throw new Error(`the browser ended with ${code}: ${stderr.slice(-2000)}`)
      })
      const outcome = await Promise.race([page.report, ended])
      if (outcome.crashed) throw new Error(outcome.crashed)
      return outcome
    } finally {
      await browser.kill()
      await screen?.stop()
      page.close()
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    }
  }

async function servePage(suite, host) {
  let reported
  const report = new Promise((resolve, reject) => {
    reported = resolve
    setTimeout(() => reject(new Error('no report came in time')), TIME_LIMIT_MS).unref()
  })
  report.catch(() => {})
  const server = createServer(async (request, reply) => {
    if (request.url === '/report') {
      let body = ''
      for await (const chunk of request) body += chunk
      reported(JSON.parse(body))
      return reply.end()
    }
    const answers = {
      '/': ['text/html', PAGE],
      '/suite.js': ['text/javascript', suite],
      '/host': ['application/json', JSON.stringify(host)],
    }
    const [type, body] = answers[request.url] ?? ['text/plain', '']
    reply.writeHead(200, { 'content-type': type }).end(body)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${server.address().port}/`, report, close }
}

/** An X server of our own that no one sees; it picks a free number. */
async function startDisplay() {
  const server = start('Xvfb', ['-displayfd', '1', '-screen', '0', '800x600x24', '-nolisten', 'tcp'])
  for (let i = 0; i < 100; i++) {
    const [number] = server.printed.stdout.match(/^\d+\n/) ?? []
    if (number) return { name: `:${number.trim()}`, stop: server.kill }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  await server.kill()
  throw new Error(`Xvfb did not start: ${server.printed.stderr}`)
}
