import { describe, expect, it } from 'vitest'
import { figures } from '../src/figures.js'
import { countMarkers, rewrite } from '../src/markers.js'
import { sampleResults } from './sample.js'

const known = new Map([
  ['a.ms', '7.4 ms'],
  ['a.table', '| x |\n| --- |\n| 1 |'],
])

describe('rewrite', () => {
  it('fills a figure within its sentence', () => {
    const text = 'It takes <!-- bench:a.ms -->9 ms<!-- /bench --> here, <!-- bench:a.ms --><!-- /bench --> there.'
    expect(rewrite(text, known)).toBe(
      'It takes <!-- bench:a.ms -->7.4 ms<!-- /bench --> here, <!-- bench:a.ms -->7.4 ms<!-- /bench --> there.',
    )
    expect(countMarkers(text)).toBe(2)
  })

  it('gives a table lines of its own', () => {
    expect(rewrite('<!-- bench:a.table -->old<!-- /bench -->', known)).toBe(
      '<!-- bench:a.table -->\n\n| x |\n| --- |\n| 1 |\n\n<!-- /bench -->',
    )
  })

  it('changes nothing the second time, nor outside the markers', () => {
    const text = 'a $& b\n<!-- bench:a.table --><!-- /bench -->\n<!-- other -->1<!-- /other -->'
    const once = rewrite(text, known)
    expect(rewrite(once, known)).toBe(once)
    expect(once.startsWith('a $& b\n')).toBe(true)
    expect(once.endsWith('\n<!-- other -->1<!-- /other -->')).toBe(true)
  })

  it('takes a figure as it stands, whatever signs it holds', () => {
    expect(rewrite('<!-- bench:x -->1<!-- /bench -->', new Map([['x', '$1 $& $$']]))).toContain('$1 $& $$')
  })

  it('names what it does not know', () => {
    expect(() => rewrite('<!-- bench:a.s -->1<!-- /bench -->', known)).toThrow(/a\.s; in that section: a\.ms, a\.table/)
    expect(() => rewrite('<!-- bench:b.ms -->1<!-- /bench -->', known)).toThrow(/sections: a/)
  })

  it('refuses markers that are not closed', () => {
    expect(() => rewrite('<!-- bench:a.ms -->1', known)).toThrow(/1 of 1 bench markers/)
    expect(() => rewrite('<!-- bench:a.ms -->1 <!-- bench:a.ms -->2<!-- /bench -->', known)).toThrow(/not closed/)
    expect(() => rewrite('<!-- bench: -->1<!-- /bench -->', known)).toThrow(RangeError)
  })
})

describe('figures', () => {
  it('names every contender of a section, and the tables', () => {
    const found = figures(sampleResults())
    expect(found.get('sign-in.default.ms')).toBe('7.4 ms')
    expect(found.get('sign-in.amazon-cognito-identity-js.over-ours')).toBe('25')
    expect(found.get('sign-in.default.over-openssl')).toBe('3.52')
    expect(found.get('servers.default.verify.ms')).toBe('7.4 ms')
    expect(found.get('first.amazon-cognito-identity-js.over-ours')).toBe('20')
    expect(found.get('general.2048.jsrp.ms')).toBe('160 ms')
    expect(found.get('heap.default.growth')).toBe('10 KiB')
    expect(found.get('hermes.ms')).toBe('30 ms')
    expect(found.get('date')).toBe('2026-01-02')
    expect(found.get('sign-in.table')?.split('\n')[4]).toContain('OpenSSL')
  })

  it('has none for what was not measured', () => {
    const { hermes: _left, ...rest } = sampleResults()
    expect([...figures(rest).keys()].some((name) => name.startsWith('hermes'))).toBe(false)
  })
})
