// A page of one script, served from the same origin as the user pool that the script signs in to.
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { UserPool } from 'cognito-user-pool-emulator'
import { build } from 'esbuild'
import tsconfig from '../../tsconfig.base.json' with { type: 'json' }

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Serves the page on 127.0.0.1.
 *
 * @param script - TypeScript, with imports as an example has them; the pool is at `location.origin`.
 * @param answered - Sees each request, and the name of the exception that it was refused with.
 */
export async function servePage(
  emulator: UserPool,
  script: string,
  answered: (request: Readonly<Record<string, unknown>>, refusal: string | undefined) => void = () => {},
): Promise<{ url: string; close(): void }> {
  const alias = Object.fromEntries(
    Object.entries(tsconfig.compilerOptions.paths).map(([name, [path = '']]) => [name, `${root}${path}`]),
  )
  const { outputFiles } = await build({
    stdin: { contents: script, loader: 'ts', resolveDir: fileURLToPath(new URL('..', import.meta.url)) },
    bundle: true,
    write: false,
    format: 'esm',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
    alias,
  })
  const server = createServer(async (request, response) => {
    if (request.method !== 'POST') {
      const [type, body] =
        request.url === '/page.js'
          ? ['text/javascript', outputFiles[0]?.text]
          : ['text/html', '<!doctype html><div id="app"></div><script type="module" src="/page.js"></script>']
      response.writeHead(200, { 'content-type': type }).end(body)
      return
    }
    const body = String(Buffer.concat(await request.toArray()))
    const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)])
    const reply = await emulator
      .handle(new Request(`http://127.0.0.1${request.url}`, { method: 'POST', headers, body }))
      .catch(() => undefined)
    // A cut connection: nothing happened.
    if (!reply) return void request.socket.destroy()
    answered(JSON.parse(body), reply.ok ? undefined : (reply.headers.get('x-amzn-errortype') ?? ''))
    response.writeHead(reply.status, [...reply.headers].flat()).end(await reply.text())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`,
    close: () => server.close(),
  }
}
