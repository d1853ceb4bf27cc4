// The doc comments of the packages: each parameter of an exported function has its @param, and no comment, of an export or
// inside, begins with a question word.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { globSync } from '../workspace/glob.mjs'
import { root } from '../workspace/run.mjs'

const QUESTION = /(?<=\/\*\*\s+(?:\* )?)(?:What|Whether|Where|Who|How)\b[^\n]*/g

const { entryPoints } = JSON.parse(readFileSync(join(root, 'typedoc.json'), 'utf8'))
const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config
const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root)
const program = ts.createProgram(
  entryPoints.map((path) => join(root, path)),
  options,
)
const checker = program.getTypeChecker()

const found = { withoutParam: new Set(), questions: new Set() }
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
  for (const [comment] of readFileSync(join(root, path), 'utf8').matchAll(QUESTION)) {
    found.questions.add(`${path}: ${comment.slice(0, 60)}`)
  }
}
for (const [kind, all] of Object.entries(found)) {
  console.log(`${kind}: ${all.size}`)
  for (const one of all) console.log(`  ${one}`)
  if (all.size > 0) process.exitCode = 1
}
