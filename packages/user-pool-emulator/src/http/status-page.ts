import { createHash } from 'node:crypto'
import type { Message } from '../model/outbox.js'
import type { Host, Pool } from '../model/pool.js'

// A look inside for people and end-to-end tests. Without CORS headers, so that no page of another site can read it.

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** No line ends, control or direction characters of someone else's: one message stays one line. */
const printable = (text: string): string => text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?')

const row = (cells: readonly string[], tag: string): string =>
  `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag.slice(0, 2)}>`).join('')}</tr>`

/** A table that scrolls by itself where it is too wide, by keyboard too. */
const table = (pool: Pool, caption: string, head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<h3>${escapeHtml(caption)}</h3>${
    rows.length === 0
      ? '<p>None.</p>'
      : `<div class="scroll" role="region" tabindex="0" aria-label="${escapeHtml(`${caption} of ${pool.id}`)}"><table><thead>${row(head, 'th scope="col"')}</thead><tbody>${rows.map((cells) => row(cells, 'td')).join('')}</tbody></table></div>`
  }`

/** One line of the list of codes: the code first and large, for it is what one comes for. */
const message = ({ medium, to, purpose, code, sentAt }: Message): string => {
  const time = new Date(sentAt).toISOString()
  return `<li><code class="code">${escapeHtml(printable(code))}</code> <span>${escapeHtml(printable(`${medium} to ${to} (${purpose})`))}, <time datetime="${time}">${time.slice(11, 19)}</time></span></li>`
}

const section = (caption: string, content: string): string =>
  `<section><h2>${escapeHtml(caption)}</h2>${content === '' ? '<p>None.</p>' : content}</section>`

function describe(pool: Pool): string {
  const users = [...pool.users.values()]
  const { mfa, deviceTracking } = pool.settings
  return section(
    `User pool ${pool.id}`,
    [
      `<p>Clients: ${escapeHtml([...pool.clients.keys()].join(', '))}. MFA: ${mfa.mode}. Device tracking: ${deviceTracking.mode}.</p>`,
      table(
        pool,
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
        pool,
        'Devices',
        ['User', 'Device key', 'Name', 'Status'],
        users.flatMap((user) => user.devices.map(({ key, name, status }) => [user.username, key, name, status])),
      ),
    ].join(''),
  )
}

// Colours are those of the reader's system, light or dark. Below 40rem a line breaks rather than leaves the screen.
const STYLE = `:root{color-scheme:light dark;background:Canvas;color:CanvasText}
body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:70rem;padding:1rem;overflow-wrap:anywhere}
ul,ol{list-style:none;margin:0;padding:0}li{padding:.25rem 0;border-bottom:1px solid #8888}
.code{font-size:1.5rem;font-weight:700;letter-spacing:.05em;margin-right:.75rem}
.requests{font:.875rem/1.5 ui-monospace,monospace}
.scroll{overflow-x:auto}table{border-collapse:collapse;overflow-wrap:normal}
th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #8888;white-space:nowrap}
:focus-visible{outline:2px solid;outline-offset:2px}`

// Renews what is shown, unless it is switched off, out of sight, or text in it is selected.
const SCRIPT = `const box=document.getElementById('update');box.closest('p').hidden=false;let last='';
setInterval(async()=>{if(!box.checked||document.hidden||String(getSelection()))return;try{
const text=await(await fetch('/')).text();if(text===last)return;last=text;
const next=new DOMParser().parseFromString(text,'text/html').querySelector('main');
if(next)document.querySelector('main').replaceChildren(...next.childNodes)}catch{}},3000)`

const POLICY = `default-src 'none'; style-src 'unsafe-inline'; connect-src 'self'; script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`

function page(host: Host): string {
  const codes = host.outbox.messages.slice(-20).reverse().map(message)
  const requests = [...host.recent].reverse().map((line) => `<li>${escapeHtml(printable(line))}</li>`)
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">' +
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">' +
    `<title>User pool emulator</title><style>${STYLE}</style></head><body><header><h1>User pool emulator</h1>` +
    '<p>A development tool: do not put real users in it. <a href="/">Show again</a></p>' +
    '<p hidden><label><input type="checkbox" id="update" checked> Update every three seconds</label></p></header><main>' +
    section('Codes and messages', codes.length === 0 ? '' : `<ol>${codes.join('')}</ol>`) +
    section('Last requests', requests.length === 0 ? '' : `<ol class="requests">${requests.join('')}</ol>`) +
    [...host.pools.values()].map(describe).join('') +
    `</main><script>${SCRIPT}</script></body></html>`
  )
}

/** Answer `/` for people and `/outbox` as JSON for end-to-end tests; undefined for every other path. */
export function statusPage(host: Host, path: string): Response | undefined {
  const headers = { 'cache-control': 'no-store', 'content-security-policy': POLICY }
  if (path === '/outbox') {
    return new Response(JSON.stringify(host.outbox.messages), {
      headers: { ...headers, 'content-type': 'application/json' },
    })
  }
  if (path !== '/') return undefined
  return new Response(page(host), { headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } })
}
