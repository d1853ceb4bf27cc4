// Every entry imported as ESM and required as CommonJS, with what both export; and a sign-in from one to the other.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const [entries, absent] = process.argv.slice(2).map((text) => text.split(',').filter(Boolean))

for (const entry of entries) {
  const esm = await import(entry)
  const cjs = require(entry)
  const names = (exports) => Object.keys(exports).filter((name) => name !== 'default' && name !== 'module.exports')
  assert.deepEqual(names(cjs).sort(), names(esm).sort(), `${entry} exports the same names both ways`)
  assert.ok(names(esm).length > 0, `${entry} exports something`)
}
// Without their optional peer these say what is missing, and nothing else depends on them.
for (const entry of absent) {
  await assert.rejects(import(entry), { code: 'ERR_MODULE_NOT_FOUND' })
  assert.throws(() => require(entry), { code: 'MODULE_NOT_FOUND' })
}

const esm = await import('@srp6a/srp/cognito')
const cjs = require('@srp6a/srp/cognito')
const user = { scope: 'AbCdEfGhI', userId: '5d6e7f80', salt: '1f2e' }
for (const [client, server] of [
  [esm, cjs],
  [cjs, esm],
]) {
  const record = { ...user, verifier: server.cognitoVerifier({ ...user, password: 'p' }) }
  for (const password of ['p', 'q']) {
    const srp = client.startCognitoClient()
    const half = server.startCognitoServer(record)
    const challenge = { ...half, SECRET_BLOCK: 'c2VjcmV0', USER_ID_FOR_SRP: user.userId }
    const claim = srp.answerUser({ userPoolId: `us-east-1_${user.scope}`, password, challenge })
    const verify = () => half.verify({ SRP_A: srp.srpA, ...claim })
    if (password === 'p') verify()
    else assert.throws(verify, { code: 'wrong-proof' })
  }
}

// The module as a file is the one that the engine carries.
const { createWasmEngine, wasmEngine } = require('@srp6a/srp/wasm')
const { autoEngine } = require('@srp6a/srp/auto')
const precompiled = createWasmEngine(new WebAssembly.Module(readFileSync(require.resolve('@srp6a/srp/modular.wasm'))))
const verifiers = [undefined, wasmEngine, precompiled, autoEngine].map((engine) =>
  esm.cognitoVerifier({ ...user, password: 'p' }, engine && { engine }),
)
assert.equal(new Set(verifiers).size, 1)

// One class of error, whichever entry threw it.
const { SrpError, suites, startClient } = require('@srp6a/srp')
assert.equal(cjs.SrpError, SrpError)
assert.throws(() => cjs.startCognitoClient({ random: () => new Uint8Array(32) }), SrpError)
assert.throws(() => startClient(suites.rfc5054, { random: () => new Uint8Array(32) }), SrpError)
assert.equal(esm.SrpError, (await import('@srp6a/srp')).SrpError)

// One object for each suite and group, so that what one entry begins another can end.
assert.equal(require('@srp6a/srp/suites').rfc5054, suites.rfc5054)
assert.equal(require('@srp6a/srp/groups').rfc5054_2048, suites.rfc5054.group)
assert.equal((await import('@srp6a/srp/suites')).rfc5054, (await import('@srp6a/srp')).suites.rfc5054)

const { signIn } = await import('cognito-srp-flows')
const { fetchApi } = require('cognito-srp-flows/fetch')
const { createUserPool } = require('cognito-user-pool-emulator')
const pool = createUserPool({
  id: 'us-east-1_Example12',
  clients: [{ clientId: 'client' }],
  users: [{ username: 'ada', password: 'Correct-Horse-7', attributes: {} }],
})
const fetch = (url, { method, headers, body }) => pool.handle(new Request(url, { method, headers, body }))
const api = fetchApi({ endpoint: 'http://127.0.0.1/', fetch })
const client = { api, userPoolId: 'us-east-1_Example12', clientId: 'client' }
const ada = { username: 'ada', password: 'Correct-Horse-7' }
const step = await signIn(client, ada)
assert.equal(step.kind, 'signed-in')

// The same sign-in with one challenge named, and one class of error.
const lean = await import('cognito-srp-flows/lean')
const leanStep = await lean.signInWith(lean.passwordProofs, client, ada)
assert.equal(leanStep.kind, 'signed-in')
assert.equal(lean.FlowError, (await import('cognito-srp-flows')).FlowError)
console.log(`${entries.length} entries`)
