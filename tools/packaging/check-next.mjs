// docs/next-js.md followed in the real thing: its blocks and the files it names, the packed packages, Next.js from a lock.
// The app is built and started, and a user signs in to it with a code. `npm run test:next`.
import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join, parse } from 'node:path'
import { captureNode, root } from '../workspace/run.mjs'
import { installFixture } from './fixtures.mjs'
import { install, packAll, temporaryFolder } from './pack.mjs'

const BLOCK = /```tsx?\n\/\/ (\S+)\n([\s\S]*?)```/g
const COPIED = ['sealed-cookie', 'steps', 'routes']
const LIBRARIES = ['@srp6a/srp', 'cognito-srp-flows']
const PASSWORD = 'Correct-Horse-7'
/** create-next-app's own loads fonts from another machine. */
const LAYOUT = `export default function Layout({ children }: { children: React.ReactNode }) {
  return <html lang="en"><body>{children}</body></html>
}
`
/** As create-next-app writes it. */
const TSCONFIG = {
  compilerOptions: {
    target: 'ES2017',
    lib: ['dom', 'dom.iterable', 'esnext'],
    skipLibCheck: true,
    strict: true,
    noEmit: true,
    esModuleInterop: true,
    module: 'esnext',
    moduleResolution: 'bundler',
    isolatedModules: true,
    jsx: 'react-jsx',
    incremental: true,
    plugins: [{ name: 'next' }],
    paths: { '@/*': ['./*'] },
  },
  include: ['next-env.d.ts', '**/*.ts', '**/*.tsx', '.next/types/**/*.ts'],
  exclude: ['node_modules'],
}

const fixture = await installFixture('next')
if (fixture.missing) {
  console.log(`skipped: docs/next-js.md in Next.js: ${fixture.missing}`)
  process.exit(0)
}
const tarballs = temporaryFolder('next')
const packed = await packAll(tarballs)
// Outside of node_modules, where Next.js takes nothing for an app's own file; so what it needs is linked.
const app = join(tarballs, 'app')
const next = join(fixture.folder, 'node_modules/next/dist/bin/next')
let server
let stopPool
try {
  await writeApp()
  const { createUserPool, serve } = await import(join(root, 'packages/user-pool-emulator/dist/index.js'))
  const pool = createUserPool({
    id: 'us-east-1_Example12',
    clients: [{ clientId: 'client' }],
    mfa: 'OPTIONAL',
    users: [
      {
        username: 'grace',
        password: PASSWORD,
        attributes: { phone_number: '+15550100', phone_number_verified: 'true' },
        mfa: { sms: true },
      },
    ],
  })
  const service = await serve(pool)
  stopPool = () => service.close()
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const env = {
    ...process.env,
    NEXT_TELEMETRY_DISABLED: '1',
    NODE_ENV: 'production',
  }
  const { code, output } = await captureNode(next, ['build'], { cwd: app, env })
  if (code !== 0) throw new Error(`next build: ${output}`)
  const settings = {
    APP_ORIGIN: origin,
    COGNITO_ENDPOINT: service.url,
    COGNITO_USER_POOL_ID: 'us-east-1_Example12',
    COGNITO_CLIENT_ID: 'client',
    STEP_KEY: Buffer.alloc(32, 1).toString('base64'),
    SESSION_KEY: Buffer.alloc(32, 2).toString('base64'),
  }
  server = spawn(process.execPath, [next, 'start', '-p', String(port), '-H', '127.0.0.1'], {
    cwd: app,
    env: { ...env, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise((resolve, reject) => {
    let said = ''
    server.stdout.setEncoding('utf8').on('data', (text) => {
      said += text
      if (said.includes('Ready')) resolve()
    })
    server.once('exit', (status) => reject(new Error(`next start ended with ${status}: ${said}`)))
  })
  await signIn(`http://127.0.0.1:${port}`, origin, pool)
  console.log('docs/next-js.md: built by Next.js, signed in with a code')
} finally {
  server?.kill()
  await stopPool?.()
}

function writeApp() {
  const put = (path, text) => {
    mkdirSync(dirname(join(app, path)), { recursive: true })
    writeFileSync(join(app, path), text)
  }
  const blocks = [...readFileSync(join(root, 'docs/next-js.md'), 'utf8').matchAll(BLOCK)]
  if (blocks.length < 5) throw new Error(`docs/next-js.md has ${blocks.length} files, expected 5 or more`)
  for (const [, path, text] of blocks) put(path, text)
  for (const name of COPIED) cpSync(join(root, `examples/web-server/${name}.ts`), join(app, `lib/${name}.ts`))
  put('app/layout.tsx', LAYOUT)
  put('tsconfig.json', JSON.stringify(TSCONFIG))
  put('package.json', '{ "private": true }')
  // The links lead out of the app: the root of what may be read is that of the machine.
  put(
    'next.config.ts',
    `export default { cacheComponents: true, partialPrefetching: true, turbopack: { root: ${JSON.stringify(parse(app).root)} } }\n`,
  )
  const modules = join(fixture.folder, 'node_modules')
  mkdirSync(join(app, 'node_modules'))
  for (const name of readdirSync(modules).filter((one) => !one.startsWith('.')))
    symlinkSync(join(modules, name), join(app, 'node_modules', name), 'junction')
  // Ours as they are published, in place of no link.
  return install(
    app,
    packed.filter(({ name }) => LIBRARIES.includes(name)),
  )
}

/** The app as a browser uses it: its page, its cookies, its Origin. */
async function signIn(address, origin, pool) {
  const cookies = new Map()
  async function send(path, body, from = origin) {
    const response = await fetch(`${address}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        cookie: [...cookies].map((pair) => pair.join('=')).join('; '),
        ...(body && { 'content-type': 'application/json', origin: from }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/)
      if (/max-age=0/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return { status: response.status, text: await response.text() }
  }
  const expect = (what, { status, text }, wanted, part) => {
    if (status !== wanted || !text.includes(part)) throw new Error(`${what}: ${status} ${text.slice(0, 300)}`)
  }
  expect('the page', await send('/'), 200, 'name="username"')
  expect('no one yet', await send('/me'), 401, 'Not signed in')
  const grace = { username: 'grace', password: PASSWORD }
  expect('another site', await send('/sign-in', grace, 'https://evil.example'), 403, 'Not from here')
  expect('a wrong password', await send('/sign-in', { ...grace, password: 'x' }), 401, 'Incorrect')
  expect('the password', await send('/sign-in', grace), 200, '"kind":"code"')
  const { code } = pool.outbox.last('grace')
  const wrong = code === '000000' ? '000001' : '000000'
  expect('a wrong code', await send('/sign-in/answer', { answer: wrong }), 401, 'error')
  expect('the code', await send('/sign-in/answer', { answer: code }), 200, 'signed-in')
  expect('grace', await send('/me'), 200, '"username":"grace"')
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}
