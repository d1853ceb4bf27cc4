import { spawn } from '@lydell/node-pty'
import { PATIENCE, type Recording, Screen, type User } from './screen.js'

/** Run a command in a pseudo-terminal, with a person who types. */
export async function record(
  command: string,
  args: readonly string[],
  { env, cwd, columns = 110 }: { env: Record<string, string>; cwd: string; columns?: number },
  play: (user: User) => Promise<void> = async () => {},
): Promise<Recording> {
  const terminal = spawn(command, [...args], { name: env.TERM ?? 'xterm', cols: columns, rows: 60, cwd, env })
  const screen = new Screen((keys) => terminal.write(keys))
  terminal.onData((data) => screen.show(data))
  const exit = new Promise<number>((resolve) =>
    terminal.onExit(({ exitCode, signal }) => {
      const code = signal ? 128 + signal : exitCode
      screen.end(code)
      resolve(code)
    }),
  )
  try {
    await play(screen)
  } catch (error) {
    terminal.kill()
    throw error
  }
  const late = setTimeout(() => terminal.kill(), PATIENCE)
  const code = await exit
  clearTimeout(late)
  return screen.recording(code)
}
