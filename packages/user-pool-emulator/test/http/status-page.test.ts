import { describe, expect, it } from 'vitest'
import { alice, start } from '../support/pool.js'
import { srpSignIn } from '../support/sign-in.js'

describe('a look inside', () => {
  it('shows users, devices, codes and the last requests, and no secret', async () => {
    const running = await start({
      deviceTracking: 'always',
      mfa: 'OPTIONAL',
      users: [alice({ mfa: { sms: true } }), { username: '<b>bob</b>', password: 'hunter2-Hunter2' }],
    })
    await srpSignIn(running)
    const done = await srpSignIn(running, { username: '<b>bob</b>', password: 'hunter2-Hunter2' })
    const reply = await fetch(running.server.url)
    expect(reply.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(reply.headers.get('access-control-allow-origin')).toBeNull()
    const page = await reply.text()
    const { code = '' } = running.pool.outbox.last() ?? {}
    const { DeviceKey } = done.body.AuthenticationResult.NewDeviceMetadata
    for (const text of [
      'alice@example.com',
      `<code class="code">${code}</code> <span>SMS to +15550100 (sign-in)`,
      DeviceKey,
      '-&#62; SMS_MFA',
      '&#60;b&#62;bob&#60;/b&#62;',
    ]) {
      expect(page).toContain(text)
    }
    expect(page).not.toContain('<b>bob')
    expect(page).not.toContain('hunter2')
    expect(page).not.toContain(done.body.AuthenticationResult.AccessToken)
  })

  it('hands the codes to end-to-end tests as JSON', async () => {
    const running = await start({ mfa: 'ON', users: [alice({ mfa: { email: true } })] })
    await srpSignIn(running)
    const reply = await fetch(`${running.server.url}/outbox`)
    expect(reply.headers.get('access-control-allow-origin')).toBeNull()
    expect(await reply.json()).toEqual(running.pool.outbox.messages)
    running.pool.outbox.clear()
    expect(await (await fetch(`${running.server.url}/outbox`)).json()).toEqual([])
  })
})
