import type { Host, Pool } from '../model/pool.js'
import { describeMessage } from './log.js'

// A look inside for people and end-to-end tests. Without CORS headers, so that no page of another site can read it.

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

const row = (cells: readonly string[], tag = 'td'): string =>
  `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`

const table = (caption: string, head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<h2>${escapeHtml(caption)}</h2>${
    rows.length === 0
      ? '<p>None.</p>'
      : `<div class="scroll"><table><thead>${row(head, 'th')}</thead><tbody>${rows.map((cells) => row(cells)).join('')}</tbody></table></div>`
  }`

const list = (caption: string, lines: readonly string[]): string =>
  `<h2>${caption}</h2>${lines.length === 0 ? '<p>None.</p>' : `<pre>${lines.map(escapeHtml).join('\n')}</pre>`}`

function describe(pool: Pool): string {
  const users = [...pool.users.values()]
  return [
    `<h1>User pool ${escapeHtml(pool.id)}</h1>`,
    `<p>Clients: ${escapeHtml([...pool.clients.keys()].join(', '))}. MFA: ${pool.settings.mfa.mode}. Device tracking: ${pool.settings.deviceTracking.mode}.</p>`,
    table(
      'Users',
      ['Username', 'E-mail', 'Status', 'MFA', 'Passkeys', 'Devices'],
      users.map((user) => [
        user.username,
        user.attributes.email ?? '',
        user.enabled ? user.status : `${user.status}, disabled`,
        user.mfa.join(', '),
        String(user.passkeys.length),
        String(user.devices.length),
      ]),
    ),
    table(
      'Devices',
      ['User', 'Device key', 'Name', 'Status'],
      users.flatMap((user) => user.devices.map(({ key, name, status }) => [user.username, key, name, status])),
    ),
  ].join('')
}

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:70rem;padding:1rem;color-scheme:light dark}' +
  '.scroll{overflow-x:auto}table{border-collapse:collapse}th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #8884}' +
  'pre{overflow-x:auto;padding:.5rem;background:#8882}'

function page(host: Host): string {
  const codes = host.outbox.messages.slice(-20).reverse().map(describeMessage)
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="3">' +
    '<meta name="viewport" content="width=device-width"><title>User pool emulator</title>' +
    `<style>${STYLE}</style></head><body><main>` +
    list('Codes and messages', codes) +
    list('Last requests', [...host.recent].reverse()) +
    [...host.pools.values()].map(describe).join('') +
    '<p>A development tool: do not put real users in it.</p></main></body></html>'
  )
}

/** `/` for people, `/outbox` as JSON for end-to-end tests; undefined for every other path. */
export function statusPage(host: Host, path: string): Response | undefined {
  const headers = {
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  }
  if (path === '/outbox') {
    return new Response(JSON.stringify(host.outbox.messages), {
      headers: { ...headers, 'content-type': 'application/json' },
    })
  }
  if (path !== '/') return undefined
  return new Response(page(host), { headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } })
}
