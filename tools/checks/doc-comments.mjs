// The doc comments of what the packages export: each parameter has its @param, and no comment begins with a question word.
// The limits may only sink, to 0 at the end.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { root } from '../workspace/run.mjs'

const LIMITS = { withoutParam: 27, questions: 29 }
const QUESTION = /^(What|Whether|Where|Who|How)\b/

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
    const comment = ts.displayPartsToString(symbol.getDocumentationComment(checker))
    if (QUESTION.test(comment)) found.questions.add(`${path}: ${symbol.name}: ${comment.slice(0, 60)}`)
    const declaration = symbol.declarations?.find(ts.isFunctionDeclaration)
    if (declaration === undefined) continue
    const tags = new Set(
      symbol.getJsDocTags(checker).flatMap(({ name, text }) => (name === 'param' ? [text?.[0]?.text] : [])),
    )
    const missing = declaration.parameters.filter(({ name }) => ts.isIdentifier(name) && !tags.has(name.text))
    if (missing.length > 0) found.withoutParam.add(`${symbol.name}: ${missing.map(({ name }) => name.text).join(', ')}`)
  }
}
for (const [kind, all] of Object.entries(found)) {
  console.log(`${kind}: ${all.size}`)
  if (all.size > LIMITS[kind] || process.argv.includes('--list')) for (const one of all) console.log(`  ${one}`)
  if (all.size > LIMITS[kind]) process.exitCode = 1
}
