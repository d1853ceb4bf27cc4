// One child process that is asked one thing at a time, and replaced when it does not answer.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const WORKER = fileURLToPath(new URL('worker.mjs', import.meta.url))

export class Child {
  #folder
  #child
  #asked = 0

  constructor(folder) {
    this.#folder = folder
  }

  /** @returns what the worker answered, or undefined if it died or took longer than `ms`, or than it said meanwhile */
  async ask(message, ms) {
    // Scripts that were evaluated stay in memory for a while.
    if (this.#asked++ % 150 === 149) this.end()
    if (this.#child === undefined) {
      this.#child = fork(WORKER, [this.#folder], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
      await this.#answer(120_000)
    }
    this.#child.send(message)
    const answer = await this.#answer(ms)
    if (answer === undefined) this.end()
    return answer
  }

  #answer(ms) {
    return new Promise((resolve) => {
      const child = this.#child
      const done = (value) => {
        clearTimeout(timer)
        child.off('message', heard)
        child.off('exit', gone)
        resolve(value)
      }
      const gone = () => done(undefined)
      let timer = setTimeout(gone, ms)
      const heard = (message) => {
        if (message.within === undefined) return done(message)
        clearTimeout(timer)
        timer = setTimeout(gone, message.within)
      }
      child.on('message', heard)
      child.once('exit', gone)
    })
  }

  end() {
    this.#child?.kill('SIGKILL')
    this.#child = undefined
  }
}
