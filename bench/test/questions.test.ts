import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { askProcess } from '../src/workers/questions.js'

const folder = mkdtempSync(join(tmpdir(), 'questions-'))
afterAll(() => rmSync(folder, { recursive: true }))

function child(name: string, body: string): string {
  const file = join(folder, `${name}.mjs`)
  writeFileSync(file, body)
  return file
}

describe('askProcess', () => {
  it('asks one question after the other and ends the process', async () => {
    const file = child(
      'echo',
      "const r = JSON.parse(process.argv[2]); process.on('message', ({ question }) => process.send({ value: [r, question, process.pid] }))",
    )
    const { ask, end } = askProcess(file, { name: 'a' })
    const [, , pid] = await ask<[unknown, unknown, number]>(1)
    expect(await ask('two')).toEqual([{ name: 'a' }, 'two', pid])
    end()
    await expect(ask(3)).rejects.toThrow(/echo\.mjs ended with SIGTERM/)
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  })

  it('rejects with what the process says, and when it ends instead of answering', async () => {
    const failing = askProcess(
      child('failing', "process.on('message', () => process.send({ failure: 'no such peer' }))"),
      {},
    )
    await expect(failing.ask(1)).rejects.toThrow('no such peer')
    failing.end()
    const dying = askProcess(child('dying', "process.on('message', () => process.exit(3))"), { name: 'x' })
    await expect(dying.ask(1)).rejects.toThrow(/dying\.mjs ended with exit code 3; it was asked for \{"name":"x"\}/)
    await expect(dying.ask(2)).rejects.toThrow('exit code 3')
  })
})
