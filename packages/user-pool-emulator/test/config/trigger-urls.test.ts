import { createServer } from 'node:http'
import { expect, it } from 'vitest'
import { start } from '../support/pool.js'
import { passwordSignIn } from '../support/sign-in.js'

it('triggers as addresses that cannot be reached, or answer with no event, are told apart from those that refuse', async () => {
  let reply = ''
  const server = createServer((_, response) => response.end(reply))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as { port: number }
  const running = await start({ triggerUrls: { preAuthentication: `http://127.0.0.1:${port}/` } })
  for (reply of ['<html>', '[]', '5', '{}']) {
    expect((await passwordSignIn(running)).body.__type, reply).toBe('InvalidLambdaResponseException')
  }
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
  expect((await passwordSignIn(running)).body).toMatchObject({
    __type: 'UnexpectedLambdaException',
    message: expect.stringMatching(/^PreAuthentication could not be called: .*ECONNREFUSED/),
  })
})
