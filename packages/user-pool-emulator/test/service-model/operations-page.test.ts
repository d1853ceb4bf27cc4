import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { keptWithoutEffect, operationsPage, stateOf, WITH_EFFECT } from '../../model/operations-page.js'
import { operations } from '../../src/operations/index.js'
import { operationModels, shapes } from '../../src/service-model/table.js'

const page = readFileSync(new URL('../../../../docs/emulator-operations.md', import.meta.url), 'utf8')

it('docs/emulator-operations.md is what model/write-operations.ts writes', () => {
  expect(page).toBe(operationsPage())
})

it('names every operation of the service once', () => {
  for (const name of Object.keys(operationModels)) {
    expect(page.match(new RegExp(`\`${name}\` \\| ${stateOf(name)} \\|`, 'g'))).toHaveLength(1)
  }
})

it('plays no operation that the service has not, and signs those that the service wants signed', () => {
  for (const [name, { access }] of operations) {
    expect([name, access]).toEqual([name, operationModels[name]?.signed ? 'signed' : 'open'])
  }
})

it('docs/emulators-compared.md counts what is played, and says where each of its cells is known from', () => {
  const compared = readFileSync(new URL('../../../../docs/emulators-compared.md', import.meta.url), 'utf8')
  const played = Object.keys(operationModels).filter((name) => stateOf(name) === 'played').length
  const [table = '', ...evidence] = compared.split(/^#{2,3} /m)
  const rows = [...table.matchAll(/^\| (?!---|\|)(\S.*?) \|$/gm)].map(([, row = '']) => row.split(' | '))
  expect(rows.length).toBeGreaterThan(10)
  expect(rows.at(-1)?.[1]).toBe(String(played))
  const sections = evidence.slice(1)
  for (const [feature, ...cells] of rows) {
    for (const [i, cell] of cells.entries()) {
      const known = cell === 'not found' || sections[i]?.includes(`| ${feature} | ${cell} | `)
      expect([feature, i, known]).toEqual([feature, i, true])
    }
  }
})

it('settings without effect are those of the model that nothing reads', () => {
  for (const [request, names] of Object.entries(WITH_EFFECT)) {
    const members = Object.keys(shapes[request]?.members ?? {})
    expect(names.filter((name) => !members.includes(name))).toEqual([])
    expect(keptWithoutEffect(request).length + names.length).toBe(members.length)
  }
})
