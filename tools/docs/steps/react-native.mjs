// docs/react-native.md: its auth.ts signs in from Hermes, see tools/testing/hermes.mjs.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as emulator from 'cognito-user-pool-emulator'
import { build } from 'esbuild'
import { SIGN_IN_TWICE, signInTwiceInHermes } from '../../testing/hermes.mjs'

export default async function reactNative(page) {
  const imports = "import { signIn } from 'cognito-srp-flows'\nimport { poolOf } from './auth'\n"
  writeFileSync(join(page.folder, 'harness.ts'), imports + SIGN_IN_TWICE)
  const { outputFiles } = await build({
    entryPoints: [join(page.folder, 'harness.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    charset: 'ascii',
    target: 'es2020',
    tsconfigRaw: '{}',
  })
  await signInTwiceInHermes(outputFiles[0].text, page.folder, emulator)
}
