// Comments in all folders: no doc comment and no comment at the head of a file begins with a question word, and none leans on
// the one before it. In the packages' sources no `@param` is empty, and each parameter of an exported function has one.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { globSync } from '../workspace/glob.mjs'
import { root } from '../workspace/run.mjs'

const QUESTION = /(?<=\/\*\*\s+(?:\* )?)(?:What|Whether|Where|Who|How)\b[^\n]*/g

/** A question word that opens a file, above its code or right below its imports. */
const HEAD = /^(?:#!.*\n|import .*\n|\s*\n)*\/\/ ((?:What|Whether|Where|Who|How)\b.*)/

/** The beginning of a comment that sends the reader to the one before it. */
const LEANING = /(?<=\/\*\*\s+(?:\* )?)(?:The same|As above|Likewise|Ditto)\b[^\n]*/g

/** A parameter that is called by its type or its name alone, e.g. `@param options - Settings.` */
const EMPTY = /@param (?:\w+) (?:- )?(?:The )?(?:settings|options|argument|parameter|value|request|input)\.?$/gim

const { entryPoints } = JSON.parse(readFileSync(join(root, 'typedoc.json'), 'utf8'))
const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config
const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root)
const program = ts.createProgram(
  entryPoints.map((path) => join(root, path)),
  options,
)
const checker = program.getTypeChecker()

const found = { withoutParam: new Set(), questions: new Set(), leaning: new Set(), empty: new Set() }
const note = (kind, path, comment) => found[kind].add(`${path}: ${comment.slice(0, 60)}`)

for (const path of entryPoints) {
  const module = checker.getSymbolAtLocation(program.getSourceFile(join(root, path)))
  for (const exported of checker.getExportsOfModule(module)) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
    if (symbol.getJsDocTags().some(({ name }) => name === 'internal')) continue
    const declaration = symbol.declarations?.find(ts.isFunctionDeclaration)
    if (declaration === undefined) continue
    const tags = new Set(
      symbol.getJsDocTags(checker).flatMap(({ name, text }) => (name === 'param' ? [text?.[0]?.text] : [])),
    )
    const missing = declaration.parameters.filter(({ name }) => ts.isIdentifier(name) && !tags.has(name.text))
    if (missing.length > 0) found.withoutParam.add(`${symbol.name}: ${missing.map(({ name }) => name.text).join(', ')}`)
  }
}
for (const path of globSync('packages/*/src/**/*.ts')) {
  for (const [comment] of readFileSync(join(root, path), 'utf8').matchAll(EMPTY)) note('empty', path, comment)
}
for (const folder of ['packages', 'tools', 'bench', 'conformance', 'examples', 'vectors']) {
  for (const path of globSync(`${folder}/**/*`)) {
    if (!/\.([cm]?[jt]s|tsx)$/.test(path)) continue
    const text = readFileSync(join(root, path), 'utf8')
    for (const [comment] of text.matchAll(QUESTION)) note('questions', path, comment)
    for (const [comment] of text.matchAll(LEANING)) note('leaning', path, comment)
    const head = HEAD.exec(text)?.[1]
    if (head) note('questions', path, head)
  }
}
for (const [kind, all] of Object.entries(found)) {
  console.log(`${kind}: ${all.size}`)
  for (const one of all) console.log(`  ${one}`)
  if (all.size > 0) process.exitCode = 1
}
