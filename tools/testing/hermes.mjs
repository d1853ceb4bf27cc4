// A bundle for React Native in Hermes, which has no network here. So Node signs in first, to an emulated pool, with known
// random bytes; then Hermes does the same, and every request must be the same to the last byte.
import { execFile } from 'node:child_process'
import { realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { runInThisContext } from 'node:vm'
import ts from 'typescript'
import { root } from '../workspace/run.mjs'

const HERMES = realpathSync(join(root, 'examples/node_modules/hermes-engine-cli'))

/**
 * The code that a bundle must hold, behind its imports of `signIn` and of `poolOf(phone)`: two sign-ins, with a code, which makes the
 * phone a known device, and then without. `ask` gives the code.
 */
export const SIGN_IN_TWICE = `
let state = 1
const phone = (kept) => ({
  randomBytes: (length) => Uint8Array.from({ length }, () => (state = (state * 48271) % 2147483647) & 255),
  read: async (key) => kept[key] ?? null,
  write: async (key, value) => {
    if (!/^[A-Za-z0-9._-]+$/.test(key)) throw new Error('SecureStore: invalid key ' + key)
    kept[key] = value
  },
  erase: async (key) => { delete kept[key] },
})
globalThis.signInTwice = async (ask) => {
  const client = { ...poolOf(phone({})), now: () => new Date(1789000000000) }
  const request = { username: 'grace@example.com', password: 'Correct-Horse-7-Battery' }
  const kinds = []
  for (let i = 0; i < 2; i++) {
    let step = await signIn(client, request)
    kinds.push(step.kind)
    if (step.kind === 'code') step = await step.answer(await ask())
    kinds.push(step.kind, step.device && step.device.status)
  }
  return kinds.join(', ')
}
`
const EXPECTED = 'code, signed-in, confirmed, signed-in, signed-in, known'

/** The globals of React Native that Hermes alone does not have, and what was recorded in place of a network. */
const standIns = (recorded) => `
globalThis.AbortController = function () { this.signal = {}; this.abort = function () {} };
globalThis.setTimeout = function () {};
globalThis.clearTimeout = function () {};
var RECORDED = ${JSON.stringify(recorded)};
globalThis.fetch = function (url, init) {
  var next = RECORDED.calls.shift();
  var sent = JSON.stringify([url, init.headers, init.body]);
  if (!next || sent !== next.sent) return Promise.reject(new Error('another request: ' + sent + ' not ' + (next && next.sent)));
  return Promise.resolve({ status: next.status, headers: { get: function () { return null } }, text: function () { return Promise.resolve(next.text) } });
};
`

/**
 * Sign in twice from a bundle, in Node and then in Hermes.
 *
 * @param {string} bundle a script that leaves `globalThis.signInTwice`
 * @param {string} folder where the script for Hermes may be written
 * @param {{ createUserPool: Function, serve: Function }} emulator the emulator's own package
 */
export async function signInTwiceInHermes(bundle, folder, emulator) {
  const recorded = await recordInNode(bundle, emulator)
  // As Metro's presets lower it for Hermes, and further: Hermes 0.12 has neither classes nor block scope.
  const lowered = ts.transpileModule(bundle, {
    compilerOptions: { target: ts.ScriptTarget.ES5, module: ts.ModuleKind.None, downlevelIteration: true },
  }).outputText
  const script = join(folder, 'hermes.js')
  const end = `;signInTwice(function () { return Promise.resolve(RECORDED.codes.shift()) }).then(
    function (kinds) { print(kinds + ', ' + RECORDED.calls.length + ' left') },
    function (error) { print(String(error && error.stack || error)) });`
  writeFileSync(script, standIns(recorded) + lowered + end)
  const { stdout } = await promisify(execFile)(join(HERMES, 'linux64-bin/hermes'), ['-O', '-w', script], {
    timeout: 60_000,
  })
  if (stdout.trim() !== `${EXPECTED}, 0 left`) throw new Error(`Hermes says ${stdout}`)
}

async function recordInNode(bundle, { createUserPool, serve }) {
  const pool = createUserPool({
    id: 'us-east-1_AbCdEfGhI',
    clients: [{ clientId: '1example23456789' }],
    mfa: 'OPTIONAL',
    deviceTracking: 'always',
    users: [
      {
        username: 'grace',
        password: 'Correct-Horse-7-Battery',
        attributes: { email: 'grace@example.com', phone_number: '+15555550123' },
        mfa: { sms: true },
      },
    ],
  })
  const server = await serve(pool)
  const recorded = { calls: [], codes: [] }
  const own = globalThis.fetch
  globalThis.fetch = async (url, init) => {
    const reply = await own(server.url, init)
    const text = await reply.text()
    recorded.calls.push({ sent: JSON.stringify([url, init.headers, init.body]), status: reply.status, text })
    return new Response(text, reply)
  }
  try {
    // The bundle takes fetch as it is when it starts.
    runInThisContext(bundle)
    const kinds = await globalThis.signInTwice(async () => {
      recorded.codes.push(pool.outbox.last().code)
      return recorded.codes.at(-1)
    })
    if (kinds !== EXPECTED) throw new Error(`Node says ${kinds}`)
    return recorded
  } finally {
    globalThis.fetch = own
    await server.close()
  }
}
