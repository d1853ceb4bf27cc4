// workerd: answers requests. Its clock stands still between them, so that anyone who asks measures the time.
import { jsbiEngine } from '@srp6a/srp/jsbi'
import module from '@srp6a/srp/modular.wasm'
import fma from '@srp6a/srp/modular-fma.wasm'
import { createWasmEngine } from '@srp6a/srp/wasm'
import { runAll, signIns } from '../main.js'

const precompiled = createWasmEngine(module, fma)

export default {
  async fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    if (pathname === '/sign-ins') {
      const engine = searchParams.get('engine') === 'wasm' ? { engine: precompiled } : {}
      signIns(Number(searchParams.get('count')), engine)
      return new Response('done')
    }
    const host = JSON.parse(await request.text())
    return new Response(JSON.stringify(await runAll({ ...host, engines: [jsbiEngine], precompiled })))
  },
}
