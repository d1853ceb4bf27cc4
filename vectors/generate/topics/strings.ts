// Inputs of the inner hash and of the signed message: passwords, names, secret blocks, instants.
import { draft } from '../drafts.js'
import { identityHash } from '../reference.js'
import { seededBytes } from '../seed.js'
import type { Draft } from '../types.js'

const SURROGATE =
  "UTF-8 cannot carry a lone surrogate; TextEncoder's U+FFFD is right (PROTOCOL: names and passwords are UTF-8, a lone surrogate becomes U+FFFD). cognito-srp-helper throws instead."

/** [id, what, password] */
const PASSWORDS: readonly (readonly [string, string, string])[] = [
  ['empty', 'empty', ''],
  ['space', 'one space', ' '],
  ['outer-spaces', 'spaces around it are kept', '  Passw0rd!  '],
  ['256', '256 characters, the longest the service takes', 'aB3$'.repeat(64)],
  ['5000', '5000 characters', 'aB3$x'.repeat(1000)],
  ['latin', 'Latin letters with accents, composed (NFC)', 'P\u00e4ssw\u00f6rd-\u00e9'],
  ['latin-decomposed', 'the same letters decomposed (NFD): never normalised', 'Pa\u0308sswo\u0308rd-e\u0301'],
  ['compatibility', 'compatibility characters stay as they are', '\ufb01\u2460\uff21'],
  ['cjk', 'three-byte UTF-8', '\u5bc6\u7801\u30d1\u30b9\ud328\uc2a4'],
  ['rtl', 'right-to-left letters', '\u05e1\u05d9\u05e1\u05de\u05d4-\u0643\u0644\u0645\u0629'],
  ['emoji', 'four-byte UTF-8 (surrogate pairs) and joiners', '\ud83d\udd11\ud83d\udc69\u200d\ud83d\udcbb'],
  ['last-code-point', 'U+10FFFF', 'a\u{10ffff}b'],
  ['bom', 'starts with U+FEFF, which is kept', '\ufeffPassw0rd!'],
  ['noncharacter', 'U+FFFE and U+FFFF', '\ufffe\uffff'],
  ['nul', 'NUL in the middle', 'Pass\u0000w0rd!'],
  ['only-nul', 'NUL alone', '\u0000'],
  ['nul-at-end', 'NUL at the end', 'Passw0rd!\u0000'],
  ['controls', 'tab, carriage return, line feed, DEL', '\t\r\n\u007f'],
  ['colon', 'colons', 'a:b::c'],
  ['colon-first', 'starts with a colon', ':Passw0rd!'],
  ['percent', 'looks percent-encoded', '%C3%A9%00+'],
  ['quotes', 'quotes and backslashes', '\\"\'`x\\u0041'],
]
const SURROGATES: readonly (readonly [string, string, string])[] = [
  ['lone-high', 'a lone high surrogate', 'a\ud83db'],
  ['lone-low', 'a lone low surrogate', 'a\udd11b'],
  ['high-at-end', 'a high surrogate at the end', 'a\ud83d'],
  ['reversed-pair', 'low before high', '\udd11\ud83d'],
  ['high-and-pair', 'a lone high surrogate, then a pair', '\ud83d\ud83d\udd11'],
]
const NAMES: readonly (readonly [string, string, string])[] = [
  ['latin', 'Latin letters with accents', 'J\u00fcrgen.M\u00fc\u00dfig'],
  ['latin-decomposed', 'decomposed letters: never normalised', 'Ju\u0308rgen'],
  ['cjk', 'three-byte UTF-8', '\u7528\u6237\u540d'],
  ['emoji', 'four-byte UTF-8', 'user\ud83d\udc69\u200d\ud83d\udcbb'],
  ['colon', 'a colon', 'a:b'],
  ['email', 'an e-mail address, case kept', 'Alice.Example+tag@Example.com'],
  ['phone', 'a telephone number', '+491701234567'],
  ['spaces', 'spaces', ' a user '],
  ['nul', 'NUL', 'us\u0000er'],
  ['128', '128 characters', `${'user.'.repeat(25)}abc`],
]

export function stringDrafts(): Draft[] {
  const drafts: Draft[] = []
  for (const [id, what, password] of PASSWORDS) {
    drafts.push(draft({ id: `password-${id}`, condition: `password: ${what}`, identity: { password } }))
  }
  for (const [id, what, password] of SURROGATES) {
    drafts.push(
      draft({ id: `password-${id}`, condition: `password: ${what}`, identity: { password }, decision: SURROGATE }),
    )
  }
  for (const [id, what, userId] of NAMES) {
    drafts.push(draft({ id: `user-${id}`, condition: `user name: ${what}`, identity: { userId } }))
  }
  const userId = 'us\ud83der'
  drafts.push(
    draft({
      id: 'user-lone-high',
      condition: 'user name: a lone high surrogate',
      identity: { userId },
      decision: SURROGATE,
    }),
  )
  drafts.push(...identityHashDrafts(), ...secretBlockDrafts(), ...instantDrafts())
  return drafts
}

/** The inner hash goes into x as its 32 raw bytes, unlike the integers around it. */
function identityHashDrafts(): Draft[] {
  const find = (label: string, wanted: (first: number, second: number) => boolean) => {
    for (let counter = 0; ; counter++) {
      const userId = `user${counter}`
      const [first = 0, second = 0] = identityHash('AbCdEfGhI', userId, 'Passw0rd!')
      if (wanted(first, second)) {
        const condition = `H(scope, user, ":", password) ${label}: 32 raw bytes nevertheless`
        return draft({ id: `inner-hash-${label.replaceAll(' ', '-')}`, condition, identity: { userId } })
      }
    }
  }
  return [
    find('plain', (first) => first >= 0x10 && first < 0x80),
    find('top bit', (first) => first >= 0x80),
    find('odd hex', (first) => first > 0 && first < 0x10),
    find('leading zero low', (first, second) => first === 0 && second >= 0x10 && second < 0x80),
    find('leading zero high', (first, second) => first === 0 && second >= 0x80),
  ]
}

function secretBlockDrafts(): Draft[] {
  const drafts = [1, 2, 3, 16, 31, 32, 33, 64, 255, 1284, 4096].map((length) => {
    const secretBlock = seededBytes(`block ${length}`, length).toString('base64')
    return draft({ id: `secret-block-${length}`, condition: `secret block of ${length} bytes`, secretBlock })
  })
  const one = (id: string, condition: string, bytes: Uint8Array, text: (base64: string) => string = (same) => same) =>
    draft({
      id: `secret-block-${id}`,
      condition: `secret block ${condition}`,
      secretBlock: text(Buffer.from(bytes).toString('base64')),
    })
  const unpad = (base64: string) => base64.replace(/=+$/, '')
  const url = (base64: string) => unpad(base64.replaceAll('+', '-').replaceAll('/', '_'))
  const awkward = Uint8Array.of(0xfb, 0xef, 0xbe, 0xff, 0xff, 0xff, 0xfb, 0xf0)
  drafts.push(
    one('zeros', 'of zero bytes', new Uint8Array(24)),
    one('ff', 'of ff bytes', new Uint8Array(24).fill(0xff)),
    one('plus-slash', 'with + and / in its base64', awkward),
    one('unpadded-1', 'without its one =', seededBytes('unpadded 1', 35), unpad),
    one('unpadded-2', 'without its two =', seededBytes('unpadded 2', 34), unpad),
    one('url', 'in base64url', awkward, url),
  )
  return drafts
}

function instantDrafts(): Draft[] {
  const at = (id: string, now: string, condition: string) =>
    draft({ id: `signed-${id}`, condition: `signed ${condition}`, now })
  return [
    at('midnight', '2026-01-01T00:00:00.000Z', 'at midnight on a single-digit day'),
    at('last-millisecond', '2025-12-31T23:59:59.999Z', 'in the last millisecond of a year: cut, not rounded'),
    at('leap-day', '2028-02-29T12:34:56.000Z', 'on a leap day'),
  ]
}
