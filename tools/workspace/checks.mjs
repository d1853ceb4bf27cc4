// The checks of the three test commands beside the tests themselves: a name, a script, its arguments.
import { build } from './build.mjs'
import { globSync } from './glob.mjs'
import { captureNode, installed } from './run.mjs'

const script =
  (path, ...args) =>
  () =>
    captureNode(path, args)
const tsx = (path, ...args) => script(installed('tsx/dist/cli.mjs'), path, ...args)

/** Remembers what it has checked, so that a second run looks only at what has changed. */
const types = (project) =>
  script(
    installed('typescript/bin/tsc'),
    ...['-p', project, '--incremental', '--tsBuildInfoFile'],
    installed(`.cache/srp6a/types/${project.replace(/\W/g, '-')}.tsbuildinfo`),
  )

/** The sources of the packages: a shell would resolve the pattern elsewhere. */
const packageFolders = () => globSync('packages/*/package.json').map((path) => path.replace('package.json', 'src'))

/** The projects that are type-checked, each against the sources of the others. */
const PROJECTS = {
  '@srp6a/srp': 'packages/srp',
  '@srp6a/srp/node': 'packages/srp/tsconfig.node.json',
  'cognito-srp-flows': 'packages/cognito-srp-flows',
  'cognito-srp-cli': 'packages/cognito-srp-cli',
  'cognito-user-pool-emulator': 'packages/user-pool-emulator',
  'tests, examples, bench, vectors and conformance': 'tsconfig.json',
  'the sign-in page': 'examples/web',
}

/** Seconds each; nothing has to be built for them. */
export const QUICK = {
  ...Object.fromEntries(Object.entries(PROJECTS).map(([name, project]) => [`types of ${name}`, types(project)])),
  'lint and format': script(installed('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'),
  layers: () =>
    captureNode(installed('dependency-cruiser/bin/dependency-cruise.mjs'), [
      ...['--config', 'tools/checks/layer-rules.mjs', '--output-type', 'err'],
      ...packageFolders(),
    ]),
  'hooks of the tests': script('tools/checks/test-hooks.mjs'),
  'borders of the workspaces': script('tools/checks/borders.mjs'),
  'internal names in the command line': script('tools/checks/internal-names.mjs'),
  'globals in library code': script('tools/checks/globals.mjs'),
  'unused code': script(installed('knip/bin/knip.js'), '--no-progress', '--no-config-hints'),
  'doc comments': script('tools/checks/doc-comments.mjs'),
  'plain words': script('tools/checks/words.mjs'),
  workflows: script('tools/checks/workflows.mjs'),
  dependencies: script('tools/checks/dependencies.mjs'),
  'what was measured': script('tools/checks/measured.mjs'),
  'links of the documents': script('tools/docs/check-links.mjs'),
}

export const SLOW = {
  demo: tsx('examples/demo.ts', '--json'),
  'soak, in short': tsx('conformance/soak/main.ts', '--check'),
}

/** The packages as their users get them, and what the documents say of them. */
export const PACKAGES = {
  build: () => build({ quiet: true }).then(() => ({ code: 0, output: '' })),
  'packages as published': script('tools/packaging/check-packages.mjs'),
  'oldest and newest AWS SDK': script('tools/packaging/check-sdk.mjs'),
  'oldest TypeScript': script('tools/packaging/check-typescript.mjs'),
  'Metro without exports': script('tools/packaging/check-metro.mjs'),
  sizes: script('tools/packaging/check-sizes.mjs'),
  bundlers: script('tools/packaging/check-bundlers.mjs'),
  // The whole matrix, browsers and all, is npm run test:runtimes.
  'runtimes, in short': script('conformance/runtimes/main.mjs', '--short'),
  'code in the documents': script('tools/docs/check-code.mjs'),
  'documents followed to the letter': script('tools/docs/follow.mjs'),
  // The part of the benchmark that breaks unseen: it is bundled for an engine with nothing of Node.
  'the benchmark on Hermes': tsx('bench/src/main.ts', '--quick', '--only', 'hermes', '--rounds', '1'),
  'figures in the documents': tsx('bench/src/readme.ts', '--check'),
  'reference of every export': script('tools/docs/api.mjs', '--check'),
}
