import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'
import tsconfig from './tsconfig.base.json' with { type: 'json' }

// Tests run against the sources, by the same aliases as the type check; what is published is tested from its tarball.
const alias = Object.entries(tsconfig.compilerOptions.paths).map(([name, [path = '']]) => ({
  find: new RegExp(`^${name.replace('*', '(.+)')}$`),
  replacement: fileURLToPath(new URL(path.replace('*', '$1'), import.meta.url)),
}))

/** `npm test` runs the quick files, `npm run test:slow` those that bear it in their name; vitest alone runs both. */
const FILES = [
  '{packages,examples,conformance}/*/test/**/*.test.ts',
  '{examples,bench,vectors,tools}/test/**/*.test.ts',
]
const SLOW = '{packages,examples,conformance,bench,vectors,tools}/**/*.slow.test.ts'

const LIBRARIES = ['packages/srp/src/**/*.ts', 'packages/cognito-srp-flows/src/**/*.ts']
/** In percent: `npm run coverage` fails below. */
const LEAST = { lines: 97, branches: 97, statements: 97, functions: 97 }

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      // Files share their process: importing everything for each of them takes half of the time.
      {
        extends: true,
        test: { name: 'quick', include: FILES, exclude: [...configDefaults.exclude, SLOW], isolate: false },
      },
      { extends: true, test: { name: 'slow', include: [SLOW] } },
    ],
    setupFiles: ['seed', 'close-after-file'].map((name) =>
      fileURLToPath(new URL(`tools/testing/${name}.ts`, import.meta.url)),
    ),
    testTimeout: 60_000,
    // Both cores of the smallest machine that runs this; by default one is left idle.
    maxWorkers: 2,
    // The SDK's notice about the Node versions of next year.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    // The two libraries are measured, each by itself; the emulator is judged by Amazon's own clients instead. No file is
    // left out; where a line or a branch is, `v8 ignore` stands there with the reason.
    coverage: {
      include: LIBRARIES,
      thresholds: Object.fromEntries(LIBRARIES.map((files) => [files, LEAST])),
      reporter: ['text', 'json-summary'],
    },
  },
})
