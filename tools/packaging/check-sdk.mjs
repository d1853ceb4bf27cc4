// The packed cognito-srp-flows over the oldest AWS SDK that its peer range allows, and over the newest one known, which is
// that of the lock file: each signs in and refreshes, imported and required by plain Node. Versions between them, where the
// SDK signs a refresh for no reason, are told apart by what it says of itself; see signsNeedlessly in sdk.ts.
import { copyFileSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { captureNode, root } from '../workspace/run.mjs'
import { installFixture } from './fixtures.mjs'
import { install, manifestOf, packAll, temporaryFolder } from './pack.mjs'

const SDK = '@aws-sdk/client-cognito-identity-provider'
const SIGN_IN = ['InitiateAuth USER_SRP_AUTH', 'RespondToAuthChallenge']
const AGAIN = ['InitiateAuth USER_SRP_AUTH', 'RespondToAuthChallenge']

/**
 * The request of a refresh, by version of the SDK: the newer operation, where the SDK can send it without credentials.
 */
const VERSIONS = {
  'sdk-oldest': 'InitiateAuth REFRESH_TOKEN_AUTH',
  'sdk-signing': 'InitiateAuth REFRESH_TOKEN_AUTH',
  newest: 'GetTokensFromRefreshToken',
}

const folder = temporaryFolder('sdk')
mkdirSync(join(folder, 'tarballs'))
const packed = await packAll(join(folder, 'tarballs'))

/** Unpack ours beside an SDK. */
async function prepare(name, sdkFolder) {
  const place = join(folder, name)
  mkdirSync(join(place, 'node_modules/@aws-sdk'), { recursive: true })
  await install(place, packed)
  symlinkSync(join(sdkFolder, 'node_modules', SDK), join(place, 'node_modules', SDK), 'junction')
  copyFileSync(join(root, 'tools/packaging/consumer/sdk.mjs'), join(place, 'sdk.mjs'))
  return place
}

const lowest = (range) => range.replace(/^\^/, '')
let failed = false
const fail = (text) => {
  failed = true
  console.error(text)
}

for (const [name, refreshing] of Object.entries(VERSIONS)) {
  const fixture = name === 'newest' ? { folder: join(root, 'packages/cognito-srp-flows') } : await installFixture(name)
  if (fixture.missing) {
    console.log(`skipped: sign-in over ${name}: ${fixture.missing}`)
    continue
  }
  const place = await prepare(name, fixture.folder)
  const { createUserPool, serve } = createRequire(join(place, 'x.js'))('cognito-user-pool-emulator')
  const users = [{ username: 'ada', password: 'Correct-Horse-7', attributes: {} }]
  const pool = createUserPool({ id: 'us-east-1_Example12', clients: [{ clientId: 'client' }], users })
  const server = await serve(pool)
  for (const kind of ['import', 'require']) {
    // From a shell without credentials, and without the notice about old versions of Node.
    const env = { PATH: process.env.PATH, HOME: place, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' }
    const { code, output } = await captureNode(join(place, 'sdk.mjs'), [server.url, kind], { cwd: place, env })
    const expected = [...SIGN_IN, refreshing, ...AGAIN]
    const { version, sent } = code === 0 ? JSON.parse(output.trim().split('\n').at(-1)) : {}
    if (code !== 0) fail(`${name}, ${kind}: ${output}`)
    else if (sent.join() !== expected.join()) fail(`${name}, ${kind}: sent ${sent.join(', ')}`)
    else console.log(`     ${version}, ${kind}: refreshed by ${refreshing}`)
    if (name === 'sdk-oldest' && version) {
      for (const owner of ['cognito-srp-flows', 'cognito-srp-cli']) {
        const range = manifestOf(place, owner).peerDependencies[SDK]
        if (lowest(range) !== version) fail(`${owner} allows ${range}, and ${version} is what was tried`)
      }
    }
  }
  await server.close()
}

for (const file of ['packages/cognito-srp-flows/README.md', 'docs/node.md']) {
  const range = manifestOf(join(folder, 'newest'), 'cognito-srp-flows').peerDependencies[SDK]
  if (!readFileSync(join(root, file), 'utf8').includes(lowest(range))) fail(`${file} does not say ${lowest(range)}`)
}
process.exitCode = failed ? 1 : 0
