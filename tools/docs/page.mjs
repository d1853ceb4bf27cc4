// One document, followed as a reader would: its files saved, its commands run, in a folder of its own.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { transform } from 'esbuild'
import { temporaryFolder } from '../packaging/pack.mjs'
import { root } from '../workspace/run.mjs'
import { matches } from './output.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const TIME_LIMIT_MS = 120_000

/** As it is now: a step of one page may stand in for it later, while another page goes on. */
const { fetch } = globalThis

/** The ports that the documents listen on. Each page gets free ports in their place. */
const PORTS = ['9229', '8787', '5173', '4173', '3000']

export class Page {
  static async open(document, emulator) {
    const ports = new Map()
    for (const port of PORTS) ports.set(port, await freePort())
    return new Page(document, emulator, ports)
  }

  constructor(document, emulator, ports) {
    this.folder = temporaryFolder(`docs-${document.replace(/[^a-z]+/gi, '-')}`)
    this.ports = ports
    this.running = []
    this.blocks = []
    this.env = {
      ...process.env,
      PATH: `${here('bin')}:${join(this.folder, 'node_modules/.bin')}:${process.env.PATH}`,
      NODE_OPTIONS: `--import ${pathToFileURL(here('guard.mjs')).href}`,
      NO_COLOR: '1',
      DOCS_EMULATOR: emulator,
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: emulator,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    }
  }

  /** A text of the document, with the ports of this page. */
  local(text) {
    return text.replace(/\b\d{4}\b/g, (port) => this.ports.get(port) ?? port)
  }

  save(name, text) {
    const file = join(this.folder, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, this.local(text))
    return file
  }

  spawn(command) {
    const child = spawn('/bin/sh', ['-e', '-c', this.local(command)], {
      cwd: this.folder,
      env: this.env,
      detached: true,
    })
    const program = { child, output: '' }
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        program.output += data
      })
    }
    program.ended = new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code) => resolve(code ?? 1))
    })
    this.running.push(program)
    return program
  }

  /** Runs a command to its end, and compares what it says. */
  async run({ text, marks, output }) {
    const program = this.spawn(text)
    const timer = setTimeout(() => kill(program), TIME_LIMIT_MS)
    if (marks.types !== undefined) await this.typeCode(program, marks.types)
    else program.child.stdin.end()
    const code = await program.ended
    clearTimeout(timer)
    const expected = Number(marks.fails ?? 0)
    if (code !== expected) throw new Error(`ended with ${code}, not ${expected}:\n${program.output}`)
    if (output !== undefined) matches(program.output, this.local(output))
  }

  /** Starts a command that goes on, and waits for what it says when it is ready. */
  async begin({ text, marks }) {
    const program = this.spawn(text)
    program.child.stdin.end()
    let ended = false
    program.ended.finally(() => {
      ended = true
    })
    const ready = this.local(marks.background)
    for (let i = 0; i < 600 && !ended; i++) {
      if (program.output.includes(ready)) return
      await moment()
    }
    throw new Error(`never said "${ready}":\n${program.output}`)
  }

  /** Types the newest code, as a terminal shows it, once the program has asked. */
  async typeCode(program, question) {
    const { child } = program
    for (let i = 0; i < 1200 && child.exitCode === null && !program.output.includes(question); i++) await moment()
    const reply = await fetch(`http://127.0.0.1:${this.ports.get('9229')}/outbox`)
    const code = (await reply.json()).at(-1)?.code ?? ''
    program.output += `${code}\n`
    child.stdin.end(`${code}\n`)
  }

  /** Keeps a TypeScript block that is no file of the reader's, with what is `given` before it and called after it. */
  async keep({ place, text, marks }) {
    const { code } = await transform([marks.given, text, marks.calls].join('\n'), { loader: 'ts', target: 'node20' })
    const name = `block-${place.split(':')[1]}.mjs`
    writeFileSync(join(this.folder, name), code)
    this.blocks.push([name, place])
  }

  /** Runs the blocks that were kept, one after the other: in one program, for each one takes a while to start. */
  async evaluate() {
    if (this.blocks.length === 0) return
    const lines = this.blocks.map(
      ([name, place]) =>
        `await import('./${name}').catch((error) => { throw new Error('${place} fails', { cause: error }) })`,
    )
    writeFileSync(join(this.folder, 'blocks.mjs'), lines.join('\n'))
    await this.run({ text: 'node blocks.mjs', marks: {} })
  }

  async perform(path) {
    const step = await import(pathToFileURL(join(root, path)).href)
    await step.default(this)
  }

  read(name) {
    return readFileSync(join(this.folder, name), 'utf8')
  }

  async close() {
    for (const program of this.running) kill(program)
    await Promise.all(this.running.map(({ ended }) => ended.catch(() => {})))
  }
}

const moment = () => new Promise((resolve) => setTimeout(resolve, 50))

/** A command and whatever it started: it leads a group of its own. */
function kill({ child }) {
  if (child.exitCode !== null || child.signalCode !== null) return
  try {
    process.kill(-child.pid, 'SIGTERM')
  } catch {
    // It has ended already.
  }
}

async function freePort() {
  const server = createServer()
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return String(port)
}
