// The exports of the packages, read from their types: every function, every method of an object that a function
// returns, and of each every argument, every field of an object that the caller gives, and every result of a function
// that the caller gives.
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import tsconfig from '../../tsconfig.base.json' with { type: 'json' }

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Types that are taken as one value: what is in them is no argument of ours, or has rows of its own (defineSuite's). */
const WHOLE = new Set(['AbortSignalLike', 'Engine', 'Group', 'Hash', 'SdkClient', 'Snapshot', 'Suite'])
/** Fields that go to the service as they are. */
const WHOLE_FIELDS = new Set(['analyticsMetadata', 'userContextData'])

function load(entries: readonly string[]): { program: ts.Program; checker: ts.TypeChecker } {
  const { options } = ts.convertCompilerOptionsFromJson(
    { ...tsconfig.compilerOptions, ...baseOptions(), baseUrl: root },
    root,
  )
  const program = ts.createProgram(
    entries.map((file) => `${root}${file}`),
    options,
  )
  return { program, checker: program.getTypeChecker() }
}

function baseOptions(): object {
  const read = ts.readConfigFile(`${root}tsconfig.base.json`, ts.sys.readFile)
  return read.config.compilerOptions
}

/** By the name of the function, or `Type.method`: the paths of what can be put in. */
export type Surface = Map<string, Set<string>>

/** The entries of the packages, as the published `exports` name them. */
export const ENTRIES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(tsconfig.compilerOptions.paths)
    // Modules of WebAssembly are entries too, and have no functions of their own; patterns are for the workspaces alone.
    .filter(([name]) => !name.endsWith('.wasm') && !name.endsWith('*'))
    .map(([name, [path = '']]) => [name, path.replace('./', '')]),
)

export function surfaceOf(entries: readonly string[] = Object.values(ENTRIES)): Surface {
  const { program, checker } = load(entries)
  const surface: Surface = new Map()
  const seen = new Set<ts.Type>()
  const ours = (symbol: ts.Symbol | undefined): boolean =>
    symbol?.declarations?.some(
      (at) =>
        at.getSourceFile().fileName.includes('/packages/') && !at.getSourceFile().fileName.includes('/node_modules/'),
    ) ?? false
  const internal = (symbol: ts.Symbol): boolean =>
    symbol.getJsDocTags().some(({ name }) => name === 'internal') || symbol.name.includes('#')

  function members(type: ts.Type): readonly ts.Type[] {
    return type.isUnion() ? type.types.flatMap(members) : [type]
  }

  /** Return the type inside of a promise or a list, or the type itself. */
  function inside(type: ts.Type): readonly ts.Type[] {
    return members(type).flatMap((one) => {
      const name = one.symbol?.name
      // `Outcome<D, T>`: what it depends on, and what it is of.
      if (one.flags & ts.TypeFlags.Conditional) return (one.aliasTypeArguments ?? []).flatMap(inside)
      if (name !== 'Promise' && name !== 'Array' && name !== 'ReadonlyArray') return [one]
      return checker.getTypeArguments(one as ts.TypeReference).flatMap(inside)
    })
  }

  /** Adds `path` and what is under it. */
  function places(type: ts.Type, path: string, into: Set<string>, above: readonly ts.Type[] = []): void {
    into.add(path)
    for (const one of members(type)) {
      if (above.includes(one)) continue
      const [callback] = one.getCallSignatures()
      if (callback) {
        // The result of a caller's function, unless the library ignores it.
        const result = inside(callback.getReturnType()).filter(
          (part) => !(part.flags & (ts.TypeFlags.Void | ts.TypeFlags.Any)),
        )
        if (result.length > 0 && !WHOLE.has(one.aliasSymbol?.name ?? one.symbol?.name ?? '')) into.add(`${path}()`)
        continue
      }
      const name = one.aliasSymbol?.name ?? one.symbol?.name ?? ''
      if (checker.isArrayType(one)) {
        for (const item of checker.getTypeArguments(one as ts.TypeReference))
          places(item, `${path}[]`, into, [...above, one])
        continue
      }
      if (!(one.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) || WHOLE.has(name)) continue
      for (const property of checker.getPropertiesOfType(one)) {
        // A mapped type's members are declared nowhere.
        const mapped = (one as ts.ObjectType).objectFlags & ts.ObjectFlags.Mapped && ours(one.aliasSymbol)
        if (!(ours(property) || mapped) || internal(property)) continue
        if (WHOLE_FIELDS.has(property.name)) into.add(`${path}.${property.name}`)
        else places(checker.getTypeOfSymbol(property), `${path}.${property.name}`, into, [...above, one])
      }
      const index = checker.getIndexTypeOfType(one, ts.IndexKind.String)
      if (index) into.add(`${path}{}`)
    }
  }

  function add(name: string, signatures: readonly ts.Signature[]): void {
    for (const signature of signatures) {
      const into = surface.get(name) ?? new Set<string>()
      surface.set(name, into)
      for (const parameter of signature.getParameters()) {
        places(checker.getTypeOfSymbol(parameter), parameter.name, into)
      }
      results(signature.getReturnType())
    }
  }

  /** The methods of what we return. */
  function results(type: ts.Type): void {
    for (const one of inside(type)) {
      const name = one.symbol?.name ?? ''
      if (seen.has(one) || !(one.flags & ts.TypeFlags.Object) || !(ours(one.symbol) || ours(one.aliasSymbol))) continue
      seen.add(one)
      if (WHOLE.has(name) && name !== 'Engine') continue
      for (const property of checker.getPropertiesOfType(one)) {
        if (!ours(property) || internal(property)) continue
        const of = checker.getNonNullableType(checker.getTypeOfSymbol(property))
        const calls = of.getCallSignatures()
        // One declaration, whatever its type parameters are: SrpClient<D> has one row.
        if (calls.length > 0) add(`${name}.${property.name}`, calls)
        else results(of)
      }
    }
  }

  function exported(symbol: ts.Symbol, prefix = ''): void {
    if (symbol.declarations?.some((at) => ts.isExportSpecifier(at) && (at.isTypeOnly || at.parent.parent.isTypeOnly)))
      return
    const real = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    const name = prefix + symbol.name
    if (real.flags & ts.SymbolFlags.ValueModule) {
      for (const one of checker.getExportsOfModule(real)) exported(one, `${name}.`)
      return
    }
    if (!(real.flags & ts.SymbolFlags.Value)) return
    const type = checker.getTypeOfSymbol(real)
    if (type.getCallSignatures().length > 0) add(name, type.getCallSignatures())
    else if (type.getConstructSignatures().length > 0) add(`new ${name}`, type.getConstructSignatures())
    else results(type)
  }

  for (const file of entries) {
    const source = program.getSourceFile(`${root}${file}`)
    const module = source && checker.getSymbolAtLocation(source)
    if (!module) throw new Error(`${file} exports nothing`)
    for (const symbol of checker.getExportsOfModule(module)) exported(symbol)
  }
  return surface
}

/** The operations that the flows call. */
const OPERATIONS = [
  'InitiateAuth',
  'RespondToAuthChallenge',
  'AssociateSoftwareToken',
  'VerifySoftwareToken',
  'ConfirmDevice',
  'GetTokensFromRefreshToken',
  'ListDevices',
  'GetDevice',
]

/**
 * List the service's possible replies by the types of the AWS SDK: names of challenges, and `Operation reply.Field`.
 */
export function repliesOf(): { challenges: string[]; fields: string[] } {
  const { program, checker } = load(['packages/cognito-srp-flows/src/sdk.ts'])
  const source = program.getSourceFile(`${root}packages/cognito-srp-flows/src/sdk.ts`)
  const from = source?.statements.find(ts.isImportDeclaration)?.moduleSpecifier
  const module = from && checker.getSymbolAtLocation(from)
  if (!source || !module) throw new Error('the SDK has no types')
  const exports = new Map(checker.getExportsOfModule(module).map((symbol) => [symbol.name, symbol]))
  const typeOf = (name: string): ts.Type => {
    const symbol = exports.get(name)
    if (!symbol) throw new Error(`the SDK has no ${name}`)
    return checker.getDeclaredTypeOfSymbol(
      symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
    )
  }
  const fields: string[] = []
  const walk = (type: ts.Type, path: string): void => {
    for (const property of checker.getPropertiesOfType(type)) {
      if (property.name === '$metadata') continue
      const at = `${path}.${property.name}`
      fields.push(at)
      const inner = checker.getNonNullableType(checker.getTypeOfSymbol(property))
      const item = checker.isArrayType(inner) ? checker.getTypeArguments(inner as ts.TypeReference)[0] : undefined
      if (item?.symbol?.declarations?.some(ts.isInterfaceDeclaration)) walk(item, `${at}[]`)
      else if (inner.symbol?.declarations?.some(ts.isInterfaceDeclaration) && inner.symbol.name.endsWith('Type'))
        walk(inner, at)
    }
  }
  for (const operation of OPERATIONS) walk(typeOf(`${operation}CommandOutput`), `${operation} reply`)
  const names = typeOf('ChallengeNameType')
  const challenges = (names.isUnion() ? names.types : [names]).flatMap((one) =>
    one.isStringLiteral() ? [one.value] : [],
  )
  return { challenges, fields }
}
