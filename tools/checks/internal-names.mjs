// The command line uses public names of the libraries alone. Imports are for the layers' rules; here is every name that it
// reaches otherwise, such as a member of an object, and that its declaration calls internal.
import { join } from 'node:path'
import ts from 'typescript'
import { root } from '../workspace/run.mjs'

const USER = 'packages/cognito-srp-cli'
const LIBRARIES = ['srp', 'cognito-srp-flows'].map((name) => join(root, 'packages', name, 'src'))

const folder = join(root, USER)
const { config } = ts.readConfigFile(join(folder, 'tsconfig.json'), ts.sys.readFile)
const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, folder)
const program = ts.createProgram(fileNames, { ...options, noEmit: true })
const checker = program.getTypeChecker()

/** Say whether a library declares this name as its own business. */
const isInternal = (symbol) =>
  symbol.getJsDocTags(checker).some(({ name }) => name === 'internal') &&
  symbol.declarations?.some((one) => LIBRARIES.some((library) => one.getSourceFile().fileName.startsWith(library)))

const used = new Set()
function visit(node, file) {
  if (ts.isIdentifier(node)) {
    const found = checker.getSymbolAtLocation(node)
    const symbol = found && found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found
    if (symbol && isInternal(symbol)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart())
      used.add(`${file.fileName.slice(root.length).replace(/^\//, '')}:${line + 1}: ${symbol.name}`)
    }
  }
  ts.forEachChild(node, (child) => visit(child, file))
}
for (const file of program.getSourceFiles()) {
  if (file.fileName.startsWith(join(folder, 'src'))) visit(file, file)
}
console.log(`internal names in ${USER}: ${used.size}`)
for (const one of used) console.log(`  ${one}`)
if (used.size > 0) process.exitCode = 1
