// The layers, for dependency-cruiser: each imports from itself and from those above it in its list, never from one below.
const LAYERS = {
  'packages/srp/src': [
    '(errors|arguments|bytes|codec|random|encode)\\.ts$',
    '(engine|groups)/',
    '((suite|define-suite|state)\\.ts$|suites/)',
    '(with-default-engine|handshake|client|server|enroll|decoy|record|seal|sealed-state|identify-suite|defaults)\\.ts$',
    'cognito/(?!index|bring-engine)',
    '((index|bring-engine|testing|node|jsbi|wasm|auto)\\.ts$|cognito/(index|bring-engine))',
  ],
  'packages/cognito-srp-flows/src': [
    '(errors|api|app-client|platform|step|operations|base64url|totp-uri|devices/types)\\.ts$',
    '(requests|replies|claims|state|webauthn)\\.ts$',
    'challenges/',
    '((conversation|sign-in|resume|refresh)\\.ts$|devices/(?!types))',
    '(session|account)/',
    '((index|lean|sdk|fetch)\\.ts$|http/)',
  ],
  'packages/cognito-srp-cli/src': [
    '(failure|options|command-table|style|words|claims)\\.ts$',
    '(arguments|config-file|own-profiles|help|io|qr|trace|private-folder|file-lock|aws/(shorthand|input-file))\\.ts$',
    '(settings|plain-password|secret-file|terminal)\\.ts$',
    '(completion|service|admin-service|kept-sessions|password|codes|aws/(input|output|handshake))\\.ts$',
    '(answers|refusals|explain|print|context|open-session|aws/request)\\.ts$',
    'commands/',
    '(execute|run|main)\\.ts$',
  ],
  'packages/user-pool-emulator/src': [
    'config/',
    'service-model/',
    'model/',
    'credentials/',
    'sign-in/',
    'operations/',
    '(create-user-pool\\.ts$|http/)',
    'control/',
    '(index|cli)\\.ts$',
  ],
}

/** Patterns of the imports that each package may have from outside of its own files. */
const OUTSIDE = {
  'packages/srp/src': 'node_modules/(@noble/hashes|jsbi)/|@noble\\+hashes|/jsbi@',
  'packages/cognito-srp-flows/src': '^packages/srp/src/|@aws-sdk|@noble\\+hashes',
}

const NODE_ONLY = 'packages/srp/src/(engine/)?node\\.ts$'

function rulesOf([folder, layers]) {
  const path = (layer) => `^${folder}/${layer}`
  const upward = layers.slice(0, -1).map((layer, i) => ({
    name: `${folder}: no import upward from layer ${i + 1}`,
    severity: 'error',
    from: { path: path(layer) },
    to: { path: layers.slice(i + 1).map(path) },
  }))
  const placed = {
    name: `${folder}: every file belongs to a layer`,
    severity: 'error',
    from: {},
    to: { path: `^${folder}/`, pathNot: layers.map(path) },
  }
  return [placed, ...upward]
}

export default {
  forbidden: [
    ...Object.entries(LAYERS).flatMap(rulesOf),
    ...Object.entries(OUTSIDE).map(([folder, allowed]) => ({
      name: `${folder}: imports only what it may`,
      severity: 'error',
      from: { path: `^${folder}/`, pathNot: NODE_ONLY },
      to: { pathNot: [`^${folder}/`, allowed] },
    })),
    {
      name: 'no cycle',
      severity: 'error',
      from: { path: '^packages/[^/]+/src' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'client and server are apart',
      severity: 'error',
      from: { path: '^packages/srp/src/(cognito/)?(client|server)\\.ts$' },
      to: { path: '^packages/srp/src/$1(client|server)\\.ts$' },
    },
    {
      name: 'the CLI uses public entries of the library',
      severity: 'error',
      from: { path: '^packages/cognito-srp-cli/src' },
      to: {
        path: '^packages/(srp|cognito-srp-flows)/src',
        pathNot: '/src/((index|fetch|sdk)\\.ts|(cognito|session|account)/index\\.ts)$',
      },
    },
    {
      name: 'no import that leads nowhere',
      severity: 'error',
      from: { path: '^packages/[^/]+/src' },
      to: { couldNotResolve: true },
    },
    { name: 'nothing imports bench', severity: 'error', from: { pathNot: '^bench/' }, to: { path: '^bench/' } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', 'dist'] },
    exclude: { path: ['/dist/', '\\.wasm$'] },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
}
