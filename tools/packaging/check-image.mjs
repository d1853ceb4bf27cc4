// The emulator's Dockerfile without Docker: each of its steps in a folder of its own, with the paths of the image mapped
// into that folder. Then its command is started, its health check is run, and someone signs in.
import { spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root, run } from '../workspace/run.mjs'
import { packAll, temporaryFolder } from './pack.mjs'

const DOCKERFILE = 'packages/user-pool-emulator/Dockerfile'
const STARTS_WITHIN_MS = 20_000

/** @returns `[instruction, rest]` of each line that has one */
const instructions = readFileSync(join(root, DOCKERFILE), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, name, rest] = /^([A-Z]+) (.*)$/.exec(line) ?? []
    return name === undefined ? [] : [[name, rest]]
  })
const only = (name) => {
  const found = instructions.filter(([instruction]) => instruction === name).map(([, rest]) => rest)
  if (found.length !== 1) throw new Error(`${DOCKERFILE}: ${found.length} times ${name}`)
  return found[0]
}

const folder = temporaryFolder('image')
const inside = (path) => join(folder, path)
const context = inside('context')
mkdirSync(context)
const packed = await packAll(context)
const home = inside('home')
mkdirSync(home)

const problems = []
const user = only('USER')
if (user === 'root' || user === '0') problems.push('the image runs as root')

// As docker build does: a working directory, files of the context, commands.
let cwd = folder
for (const [name, rest] of instructions) {
  if (name === 'WORKDIR') {
    cwd = inside(rest)
    mkdirSync(cwd, { recursive: true })
  }
  if (name === 'COPY') {
    if (rest !== '*.tgz ./') throw new Error(`${DOCKERFILE}: COPY ${rest} is not known here`)
    for (const { tarball } of packed) copyFileSync(tarball, join(cwd, basename(tarball)))
  }
  if (name === 'RUN') {
    const env = { ...process.env, HOME: home, npm_config_cache: join(home, 'cache') }
    const code = await run('sh', ['-c', rest], { cwd, env })
    if (code !== 0) problems.push(`RUN ${rest} ends with ${code}`)
  }
}

mkdirSync(inside('seed'))
const password = 'Correct-Horse-7'
const seed = { clients: [{ clientId: 'web' }], users: [{ username: 'ada', password }] }
writeFileSync(inside('seed/pool.json'), JSON.stringify(seed))

/** Paths of the image here; this machine is all that may reach the server, at a port of its own. */
const port = 20_000 + (process.pid % 20_000)
const mapped = (words) =>
  words.map((word) =>
    word
      .replace(/^\/(emulator|seed)\//, `${folder}/$1/`)
      .replace(/^0\.0\.0\.0$/, '127.0.0.1')
      .replace('9229', String(port)),
  )
const command = mapped([...JSON.parse(only('ENTRYPOINT')), ...JSON.parse(only('CMD')), '--port', String(port)])
const [, ...health] = mapped(JSON.parse(only('HEALTHCHECK').replace(/^.*? CMD /, '')))

if (problems.length === 0) {
  const child = spawn(process.execPath, command.slice(1), { cwd: folder, stdio: 'inherit' })
  try {
    const until = Date.now() + STARTS_WITHIN_MS
    let code = 1
    while (code !== 0 && Date.now() < until && child.exitCode === null) code = await run(process.execPath, health)
    if (code !== 0) problems.push('the health check fails')
    const reply = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth' },
      body: JSON.stringify({
        ClientId: 'web',
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'ada', PASSWORD: password },
      }),
    })
    if (reply.status !== 200) problems.push(`signing in ends with ${reply.status}: ${await reply.text()}`)
  } finally {
    child.kill('SIGTERM')
    const code = await new Promise((resolve) => child.once('close', resolve))
    if (code !== 0) problems.push(`SIGTERM, which docker stop sends, ends it with ${code}`)
  }
}

for (const problem of problems) console.error(`FAIL ${problem}`)
console.log(
  problems.length === 0 ? 'The steps of the image work: installed, started, healthy, signed in, stopped.' : '',
)
process.exitCode = problems.length === 0 ? 0 : 1
