import { describe, expect, it } from 'vitest'
import { barChart, figure } from '../src/charts/bars.js'
import { charts } from '../src/charts/charts.js'
import { lineChart } from '../src/charts/lines.js'
import { element, escapeXml, text } from '../src/charts/svg.js'
import { sampleResults } from './sample.js'

describe('SVG', () => {
  it('escapes whatever would be markup', () => {
    expect(escapeXml(`<b a="1">&'</b>`)).toBe('&lt;b a=&quot;1&quot;&gt;&amp;&#39;&lt;/b&gt;')
    expect(text('a < b & c', { x: 1 })).toBe('<text x="1">a &lt; b &amp; c</text>')
    expect(element('g', { class: 'a"b' })).toBe('<g class="a&quot;b"/>')
  })

  it('drops what XML cannot hold', () => {
    expect(escapeXml('a\u0000b\u001fc\ud800d\uffffe\tf')).toBe('abcde\tf')
    expect(escapeXml('π 😀')).toBe('π 😀')
  })

  it('refuses an attribute that is no number', () => {
    expect(() => element('rect', { width: Number.NaN })).toThrow(RangeError)
  })
})

describe('figure', () => {
  it('has two digits below 100 and whole numbers above', () => {
    expect([0, 0.01234, 2.06, 9.96, 10.4, 99.4, 99.96, 184.6].map(figure)).toEqual([
      '0',
      '0.012',
      '2.1',
      '10',
      '10',
      '99',
      '100',
      '185',
    ])
    expect(() => figure(Number.NaN)).toThrow(RangeError)
  })
})

describe('barChart', () => {
  const bars = [
    { label: 'slow & <old>', kind: 'peer', value: 200, remark: '(20 times)' },
    { label: 'quick', kind: 'ours', value: 10 },
  ] as const

  it('puts the fastest first, and its lengths are proportional', () => {
    const svg = barChart({ title: 'T', notes: ['n'], unit: 'ms', bars })
    expect(svg.indexOf('>quick<')).toBeLessThan(svg.indexOf('>slow &amp; &lt;old&gt;<'))
    const widths = [...svg.matchAll(/<rect x="270"[^>]* width="([\d.]+)"/g)].map(([, width]) => Number(width))
    expect(widths).toHaveLength(2)
    expect((widths[1] ?? 0) / (widths[0] ?? 1)).toBeCloseTo(20, 5)
    expect(svg).toContain('200 ms  (20 times)')
  })

  it('says the same to a screen reader and serves dark pages', () => {
    const svg = barChart({ title: 'T', notes: [], unit: 'ms', bars })
    expect(svg).toContain('<desc>quick: 10 ms; slow &amp; &lt;old&gt;: 200 ms</desc>')
    expect(svg).toContain('prefers-color-scheme: dark')
  })

  it('refuses to draw nothing', () => {
    expect(() => barChart({ title: 'T', notes: [], unit: 'ms', bars: [] })).toThrow(RangeError)
  })
})

describe('lineChart', () => {
  it('has a point for each figure and no two names on one spot', () => {
    const points = [
      { x: 1024, y: 1 },
      { x: 8192, y: 300 },
    ]
    const lines = [
      { label: 'a', kind: 'ours', points },
      { label: 'b', kind: 'peer', points },
    ] as const
    const svg = lineChart('T', ['n'], lines)
    expect(svg.match(/<circle/g)).toHaveLength(4)
    const places = ['a', 'b'].map(
      (name) => new RegExp(`<text x="[\\d.]+" y="([\\d.]+)"[^>]*>${name}</text>`).exec(svg)?.[1],
    )
    expect(Math.abs(Number(places[0]) - Number(places[1]))).toBeGreaterThan(15)
  })

  it('draws a single group', () => {
    expect(lineChart('T', [], [{ label: 'a', kind: 'ours', points: [{ x: 2048, y: 5 }] }])).toContain('<circle')
  })
})

describe('charts', () => {
  it('draws what the results have, and nothing else', () => {
    const { signIn: _left, ...rest } = sampleResults()
    expect(Object.keys(charts(sampleResults()))).toEqual(['sign-in.svg', 'first-sign-in.svg', 'groups.svg'])
    expect(Object.keys(charts(rest))).toEqual(['first-sign-in.svg', 'groups.svg'])
  })

  it('puts the factor behind the peers only', () => {
    const svg = charts(sampleResults())['sign-in.svg'] ?? ''
    expect(svg).toContain('185 ms  (25 times ours)')
    expect(svg).toMatch(/>7\.4 ms</)
  })
})
