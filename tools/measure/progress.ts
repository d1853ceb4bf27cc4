// Progress for the user: one line that rewrites itself on a terminal, a line now and then elsewhere.
const QUIET_MS = 5_000

export interface Progress {
  report(done: number, total: number, task: string): void
  end(): void
}

export function startProgress(section: string, out: NodeJS.WriteStream = process.stderr): Progress {
  const begun = Date.now()
  let last = 0
  const write = (text: string): void => {
    if (out.isTTY) out.write(`\r\x1b[2K${text.slice(0, (out.columns || 80) - 1)}`)
    else if (Date.now() - last >= QUIET_MS) {
      last = Date.now()
      out.write(`${text}\n`)
    }
  }
  write(`${section}: starting`)
  return {
    report(done, total, task) {
      const percent = total === 0 ? 0 : Math.floor((100 * done) / total)
      write(`${section} ${String(percent).padStart(3)} %  ${task}`)
    },
    end() {
      const seconds = ((Date.now() - begun) / 1_000).toFixed(1)
      out.write(`${out.isTTY ? '\r\x1b[2K' : ''}${section}: done in ${seconds} s\n`)
    },
  }
}
