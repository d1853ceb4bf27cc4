// docs/troubleshooting.md has an entry for whatever can be thrown: by the service, as far as the emulator plays it, and by
// the libraries. What can be thrown is read from the sources.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { defaultAssumptions as assumptions } from '../src/config/assumptions.js'

const packages = fileURLToPath(new URL('../..', import.meta.url))
const page = readFileSync(join(packages, '../docs/troubleshooting.md'), 'utf8')
const rows = page.split('\n').filter((line) => line.startsWith('|'))

const sources = (folder: string): string[] =>
  readdirSync(join(packages, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? sources(path) : path.endsWith('.ts') ? [path] : []
  })

function walk(path: string, visit: (node: ts.Node) => void): void {
  const file = ts.createSourceFile(path, readFileSync(join(packages, path), 'utf8'), ts.ScriptTarget.Latest, true)
  const each = (node: ts.Node) => {
    visit(node)
    node.forEachChild(each)
  }
  each(file)
}

/** The text of a literal, with … for what is filled in; undefined for anything else. */
function literal(node: ts.Expression | undefined): string | undefined {
  if (node === undefined) return undefined
  if (ts.isStringLiteralLike(node)) return node.text
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({ literal: { text } }) => `…${text}`).join('')
  }
  if (ts.isPropertyAccessExpression(node) && node.expression.getText() === 'assumptions') {
    return String(assumptions[node.name.text as keyof typeof assumptions])
  }
  return undefined
}

const MAKERS: Readonly<Record<string, string>> = {
  notAuthorized: 'NotAuthorizedException',
  invalidParameter: 'InvalidParameterException',
  resourceNotFound: 'ResourceNotFoundException',
}

/** Every exception with its message, and the file that throws it. */
const thrown = sources('user-pool-emulator/src').flatMap((path) => {
  const found: { name: string; message: string; path: string }[] = []
  walk(path, (node) => {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return
    const maker = node.expression.getText()
    const [first, second] = node.arguments ?? []
    const name = maker === 'ServiceError' ? literal(first) : MAKERS[maker]
    const message = literal(maker === 'ServiceError' ? second : first)
    if (name !== undefined && message !== undefined) found.push({ name, message, path })
  })
  return found
})

/** Source files with messages that a sign-in can meet; those of other calls speak for themselves. */
const OF_A_SIGN_IN =
  /src\/(sign-in\/|config\/errors|model\/clients|credentials\/(secret-hash|lockout|devices|timestamp|totp))/

describe('docs/troubleshooting.md', () => {
  it('is compared with what the sources really throw', () => {
    expect(thrown.length).toBeGreaterThan(80)
    expect(thrown).toContainEqual(expect.objectContaining({ message: 'Password attempts exceeded' }))
    expect(thrown).toContainEqual(expect.objectContaining({ message: 'Missing required parameter …' }))
  })

  const names = [...new Set(thrown.map(({ name }) => name))].sort()
  it.each(names)('has an entry for %s', (name) => {
    const heading = new RegExp(`^## ${name}$`, 'm').test(page)
    expect(heading || rows.some((row) => row.includes(`\`${name}\``))).toBe(true)
  })

  const messages = new Set(thrown.filter(({ path }) => OF_A_SIGN_IN.test(path)).map(({ message }) => message))
  it.each([...messages].sort())('has an entry for "%s"', (message) => {
    // In the account's table the exception says it all.
    const { name = '' } = thrown.find((one) => one.message === message) ?? {}
    const known = rows.some((row) => row.includes(`\`${message}\``) || row.startsWith(`| \`${name}\` | There`))
    const account = /^(UserNotConfirmed|PasswordResetRequired|UserNotFound|RefreshTokenReuse|InvalidLambdaResponse)/
    expect(known || account.test(name), message).toBe(true)
  })

  it.each([
    ['FlowError', 'cognito-srp-flows/src/errors.ts', 'FlowErrorCode'],
    ['SrpError', 'srp/src/errors.ts', 'SrpErrorCode'],
  ])('has an entry for each code of %s, and no other', (heading, path, type) => {
    const codes: string[] = []
    walk(path, (node) => {
      if (!ts.isTypeAliasDeclaration(node) || node.name.text !== type || !ts.isUnionTypeNode(node.type)) return
      for (const one of node.type.types) if (ts.isLiteralTypeNode(one)) codes.push(one.literal.getText().slice(1, -1))
    })
    const [, section = ''] = page.split(`\n## ${heading}\n`)
    const [table = ''] = section.split('\n## ')
    const listed = [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code)
    expect(codes.length).toBeGreaterThan(5)
    expect(listed.sort()).toEqual(codes.sort())
  })
})
