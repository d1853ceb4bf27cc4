// Every runtime: what to install, how to start it, and how to ask for its version.
import { CHROMIUM_ARGUMENTS } from 'srp6a-tools/browser/chromium.mjs'
import { browserHost } from './hosts/browser.mjs'
import { nodeHost } from './hosts/node.mjs'
import { embeddedHost, shellHost } from './hosts/shell.mjs'
import { workerdHost } from './hosts/workerd.mjs'

const CHROMIUM = ['--headless', ...CHROMIUM_ARGUMENTS]
const MINI_BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser'

const node = (major, version) => ({
  npm: `node@${version}`,
  // This very Node, where it is that one.
  ...(process.versions.node.startsWith(`${major}.`) && { npm: undefined, program: process.execPath }),
  path: 'node/bin/node',
  run: nodeHost([], { sdk: true }),
  jit: true,
})

/**
 * `locked` is a dependency of this folder's package.json; `npm` is a larger one, installed when it is asked for into a
 * folder of its own; `apt` are Debian packages. `path` is the program inside node_modules, `program` one on the machine, `helper`
 * another that it needs.
 * `jit` is for the time limits.
 */
export const RUNTIMES = {
  'node-20': node(20, '20.20.2'),
  'node-22': node(22, '22.23.3'),
  'node-24': node(24, '24.9.0'),
  'node-26': node(26, '26.9.0'),
  bun: {
    npm: '@oven/bun-linux-x64-baseline@1.4.5',
    path: '@oven/bun-linux-x64-baseline/bin/bun',
    run: nodeHost([]),
    jit: true,
  },
  deno: {
    npm: '@deno/linux-x64-glibc@2.9.6',
    path: '@deno/linux-x64-glibc/deno',
    run: nodeHost(['run', '-A', '--no-remote', '--no-prompt', '--node-modules-dir=manual']),
    jit: true,
  },
  'workerd-old': {
    locked: 'workerd',
    path: 'workerd/bin/workerd',
    run: workerdHost('2022-01-01', { bare: true }),
    about: 'compatibility date 2022-01-01: no process, no Buffer',
    jit: true,
  },
  'workerd-new': {
    locked: 'workerd',
    path: 'workerd/bin/workerd',
    run: workerdHost('2026-11-01', {}),
    about: 'compatibility date 2026-11-01',
    jit: true,
  },
  'vercel-edge': {
    locked: '@edge-runtime/vm',
    run: embeddedHost('edge-process.mjs', 'web'),
    about: "in this Node's V8",
    jit: true,
  },
  chromium: {
    apt: ['chromium'],
    program: '/usr/bin/chromium',
    run: browserHost((url, profile) => [...CHROMIUM, `--user-data-dir=${profile}`, url], { kind: 'web-sdk' }),
    about: 'with the AWS SDK too',
    jit: true,
  },
  firefox: {
    apt: ['firefox-esr'],
    program: '/usr/bin/firefox-esr',
    run: browserHost((url, profile) => ['--headless', '--no-remote', '--profile', profile, url]),
    jit: true,
  },
  webkit: {
    apt: ['webkit2gtk-driver', 'xvfb'],
    program: MINI_BROWSER,
    helper: '/usr/bin/Xvfb',
    run: browserHost((url) => [url], {
      display: true,
      env: { GDK_BACKEND: 'x11', WEBKIT_DISABLE_DMABUF_RENDERER: '1', WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' },
    }),
    about: 'WebKitGTK',
    jit: true,
  },
  jsc: {
    apt: ['libjavascriptcoregtk-4.0-bin'],
    program: '/usr/bin/jsc',
    run: shellHost([]),
    about: "JavaScriptCore's shell",
    jit: true,
  },
  hermes: {
    locked: 'hermes-engine-cli',
    path: 'hermes-engine-cli/linux64-bin/hermes',
    run: shellHost(['-O', '-w'], 'shell-es5'),
    about: "React Native's engine; lowered to ES5",
  },
  quickjs: {
    locked: 'quickjs-emscripten',
    run: embeddedHost('quickjs-process.mjs', 'shell'),
    about: 'as WebAssembly',
  },
}
