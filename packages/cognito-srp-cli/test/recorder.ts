import { spawn } from '@lydell/node-pty'

/** Whoever sits at the terminal. */
export interface User {
  /** Waits until this text comes up, after what was seen before. */
  sees(text: string): Promise<void>
  /** Types a line. What is hidden must never come up on the screen, and is looked for there. */
  types(line: string, options?: { readonly hidden?: boolean }): void
  /** Presses a key, e.g. `\u0003` for Ctrl-C. */
  presses(key: string): void
  /** The screen as bytes, so far. */
  readonly screen: string
}

export interface Recording {
  /** What was on the screen, without escape sequences. */
  readonly text: string
  /** The same as it came. */
  readonly raw: string
  readonly code: number
}

const PATIENCE = 30_000

/** Runs a command in a pseudo-terminal, with somebody who types. */
export async function record(
  command: string,
  args: readonly string[],
  { env, cwd, columns = 110 }: { env: Record<string, string>; cwd: string; columns?: number },
  play: (user: User) => Promise<void> = async () => {},
): Promise<Recording> {
  const terminal = spawn(command, [...args], { name: env.TERM ?? 'xterm', cols: columns, rows: 60, cwd, env })
  let raw = ''
  let seen = 0
  let changed = () => {}
  const hidden: string[] = []
  let ended: number | undefined
  terminal.onData((data) => {
    raw += data
    changed()
  })
  const exit = new Promise<number>((resolve) =>
    terminal.onExit(({ exitCode, signal }) => {
      ended = signal ? 128 + signal : exitCode
      changed()
      resolve(ended)
    }),
  )
  const until = async (what: string, done: () => boolean) => {
    const deadline = Date.now() + PATIENCE
    while (!done()) {
      if (ended !== undefined) throw new Error(`ended with ${ended} before ${what}:\n${plain(raw)}`)
      if (Date.now() > deadline) throw new Error(`waited in vain for ${what}:\n${plain(raw)}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1000)
        changed = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
  const user: User = {
    async sees(text) {
      await until(`"${text}"`, () => raw.indexOf(text, seen) >= 0)
      seen = raw.indexOf(text, seen) + text.length
    },
    types(line, options = {}) {
      if (options.hidden) hidden.push(line)
      terminal.write(`${line}\r`)
    },
    presses: (key) => terminal.write(key),
    get screen() {
      return raw
    },
  }
  try {
    await play(user)
  } catch (error) {
    terminal.kill()
    throw error
  }
  const late = setTimeout(() => terminal.kill(), PATIENCE)
  const code = await exit
  clearTimeout(late)
  for (const secret of hidden) if (raw.includes(secret)) throw new Error(`a hidden answer is on the screen:\n${raw}`)
  return { text: plain(raw), raw, code }
}

/** Without escape sequences and carriage returns. */
export const plain = (raw: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what it takes away
  raw.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '').replaceAll('\r', '')

/** What differs from run to run, made the same; `more` are texts of this run and what stands for them. */
export function normalised(text: string, more: Readonly<Record<string, string>> = {}): string {
  let result = text
  for (const [from, to] of Object.entries(more)) result = result.replaceAll(from, to)
  return result
    .replace(/http:\/\/127\.0\.0\.1:\d+/g, 'http://127.0.0.1:9229')
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d\d:\d\d/g, '2026-11-21 12:00:00 +00:00')
    .replace(/\b\d+ seconds? ago|\bnow \(/g, (found) => (found.endsWith('(') ? 'just now (' : 'just now'))
    .replace(/eyJ[\w.-]{30,}/g, 'eyJraWQiOiJo.eyJzdWIiOiIz.SflKxwRJSMe')
    .replace(/\S{12}…\S{4}/g, 'eyJraWQiOiJo…w5Pg')
    .replace(
      /~?(\/[\w.-]+)+\/(devices|sessions)(\/[0-9a-f]{40}\.json)?/g,
      (_, __, folder, file) => `~/.local/state/cognito-srp/${folder}${file ? '/5e884898da28….json' : ''}`,
    )
    .replace(/after \d+ ms/g, 'after 12 ms')
    .replace(/\(\d+ digits\)/g, '(768 digits)')
    .replace(/\w{3} \w{3} \d+ [\d:]{8} UTC \d{4}/g, 'Sat Nov 21 11:00:00 UTC 2026')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '2026-11-21T12:00:00.000Z')
    .replace(/\w{200,}/g, 'DbM7ZCJKWxKVCnaBCJAKmeCD7nGA')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n*$/, '\n')
}
