// The architecture as a check: walks the imports of the packages' sources and names each one that goes up a layer, makes
// a cycle, leaves its package by a way that is not meant, or brings a Node or DOM global into library code.
import { readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { globSync } from '../workspace/glob.mjs'
import { root } from '../workspace/run.mjs'

/**
 * Layers from the bottom up; a file belongs to the first line that matches it and may import from its own line or one
 * above it in this list. `outside` names the packages that it may import.
 */
const RULES = {
  srp: {
    layers: [
      /^(errors|arguments|bytes|codec|random|encode)\.ts$/,
      /^(engine|groups)\/.*\.ts$/,
      /^(suite|define-suite|suites\/.*|state)\.ts$/,
      /^(handshake|client|server|enroll|decoy|sealed-state|identify-suite)\.ts$/,
      /^cognito\/(?!index).*\.ts$/,
      /^(index|cognito\/index|testing|node|jsbi|wasm)\.ts$/,
    ],
    outside: [/^@noble\/hashes\//, /^jsbi$/],
    forbidden: [
      [/^client\.ts$/, /^server\.ts$/],
      [/^server\.ts$/, /^client\.ts$/],
      [/^cognito\/client\.ts$/, /^cognito\/server\.ts$/],
      [/^cognito\/server\.ts$/, /^cognito\/client\.ts$/],
    ],
    // OpenSSL is reached from here and nowhere else.
    nodeAllowed: /^(engine\/)?node\.ts$/,
  },
  'cognito-srp-flows': {
    layers: [
      /^(errors|operations|api|app-client|step|base64url)\.ts$/,
      /^(requests|replies|claims|totp-uri)\.ts$/,
      /^(challenges|devices)\/.*\.ts$/,
      /^(conversation|sign-in|resume|refresh)\.ts$/,
      /^(session|account)\/(?!index).*\.ts$/,
      /^(index|sdk|fetch|(session|account)\/index)\.ts$/,
    ],
    outside: [/^@srp6a\/srp\/cognito$/, /^@aws-sdk\/client-cognito-identity-provider$/],
    forbidden: [],
    nodeAllowed: /^$/,
  },
  'cognito-srp-cli': {
    layers: [
      /^(failure|options|style|words|claims)\.ts$/,
      /^(arguments|config-file|help|io|qr|trace|private-folder)\.ts$/,
      /^(settings|terminal)\.ts$/,
      /^(service|session|password)\.ts$/,
      /^(answers|explain|print|context)\.ts$/,
      /^commands\/.*\.ts$/,
      /^run\.ts$/,
      /^main\.ts$/,
    ],
    outside: [/^cognito-srp-flows(\/(fetch|sdk))?$/, /^uqr$/],
    // Its version.
    beyond: /^main\.ts -> \.\.\/package\.json$/,
    forbidden: [],
    nodeAllowed: /.*/,
  },
  'user-pool-emulator': {
    layers: [
      /^config\/.*\.ts$/,
      /^service-model\/.*\.ts$/,
      /^model\/.*\.ts$/,
      /^credentials\/.*\.ts$/,
      /^sign-in\/.*\.ts$/,
      /^operations\/.*\.ts$/,
      /^http\/.*\.ts$/,
      /^(create-user-pool|index|cli)\.ts$/,
    ],
    outside: [/^@srp6a\/srp\/cognito$/, /^jose$/, /^otpauth$/, /^@simplewebauthn\/server$/],
    forbidden: [],
    nodeAllowed: /.*/,
  },
}

const GLOBALS =
  /\b(Buffer|process|window|document|navigator|localStorage|TextEncoder|TextDecoder|btoa|atob|require|setImmediate|__dirname)\b\s*[.([]|\bMath\.random\b|\bfrom 'node:/

const problems = []

export function withoutComments(source) {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
}

/** Every module that a source names in an import, an export from, or a dynamic import. */
export function importsOf(source) {
  const found = withoutComments(source).matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)'([^']+)'/g)
  return [...found].map((match) => match[1])
}

function check(name, { base = `packages/${name}/src`, layers, outside, beyond, forbidden, nodeAllowed }) {
  const graph = new Map()
  const layerOf = (file) => layers.findIndex((pattern) => pattern.test(file))
  for (const path of globSync(`${base}/**/*.ts`)) {
    const file = path.slice(base.length + 1)
    const source = readFileSync(join(root, path), 'utf8')
    if (layerOf(file) < 0) problems.push(`${path}: belongs to no layer`)
    const local = []
    for (const target of importsOf(source)) {
      if (target.startsWith('.')) {
        const to = posix.join(dirname(file), target).replace(/\.js$/, '.ts')
        if (beyond?.test(`${file} -> ${to}`)) continue
        local.push(to)
        if (to.startsWith('..')) problems.push(`${path}: reaches outside its package: ${target}`)
        else if (layerOf(to) > layerOf(file)) problems.push(`${path}: imports upward: ${to}`)
        for (const [from, never] of forbidden) {
          if (from.test(file) && never.test(to)) problems.push(`${path}: must not import ${to}`)
        }
      } else if (target.startsWith('node:')) {
        if (!nodeAllowed.test(file)) problems.push(`${path}: imports ${target}`)
      } else if (!outside.some((pattern) => pattern.test(target))) {
        problems.push(`${path}: imports ${target}, which this package must not`)
      }
    }
    if (!nodeAllowed.test(file)) {
      const global = withoutComments(source).match(GLOBALS)
      if (global) problems.push(`${path}: uses ${global[0].trim()}`)
    }
    graph.set(file, local)
  }
  findCycles(base, graph)
}

function findCycles(base, graph) {
  const done = new Set()
  const visit = (file, trail) => {
    if (trail.includes(file)) {
      problems.push(`${base}: cycle: ${[...trail.slice(trail.indexOf(file)), file].join(' → ')}`)
      return
    }
    if (done.has(file)) return
    for (const next of graph.get(file) ?? []) visit(next, [...trail, file])
    done.add(file)
  }
  for (const file of graph.keys()) visit(file, [])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, rules] of Object.entries(RULES)) check(name, rules)
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) process.exit(1)
  console.log('Layers hold: no upward import, no cycle, no stray global.')
}
