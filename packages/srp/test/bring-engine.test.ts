// The entries of a program that brings its engine: the same names and the same bytes, no default, and no second engine in
// the bundle.
import { fileURLToPath } from 'node:url'
import * as withDefault from '@srp6a/srp'
import * as brought from '@srp6a/srp/bring-engine'
import * as cognito from '@srp6a/srp/cognito'
import * as broughtCognito from '@srp6a/srp/cognito/bring-engine'
import { nodeEngine as engine } from '@srp6a/srp/node'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { complaint } from './support/codes.js'

const suite = withDefault.suites.rfc5054With(withDefault.groups.rfc5054_1024, withDefault.suites.rfc5054.hash)
const [username, password] = ['ada', 'correct horse']
const record = withDefault.enroll(suite, { username, password })
const random = (length: number) => new Uint8Array(length).fill(7)
const device = { deviceGroupKey: 'group', deviceKey: 'us-east-1_key' }
const cognitoIdentity = { scope: 'AbCdEfGhI', userId: 'ada', password, salt: 'ab12' }
const cognitoRecord = { ...cognitoIdentity, verifier: cognito.cognitoVerifier(cognitoIdentity) }
const handshake = {
  username,
  password,
  salt: record.salt,
  clientPublicKey: withDefault.startClient(suite, { random }).clientPublicKey,
  serverPublicKey: withDefault.startServer(suite, record, { random }).serverPublicKey,
  clientProof: new Uint8Array(32).fill(1),
  a: random(32),
  modulus: suite.group.modulus,
}

type Options = { readonly engine: withDefault.Engine; readonly random: withDefault.RandomSource }

/** Each function, called with the options given, and what it made as text. */
const calls: Record<string, (from: typeof brought & typeof broughtCognito, options: Options) => unknown> = {
  enroll: (from, options) => from.enroll(suite, { username, password }, options),
  startClient: (from, options) => from.startClient(suite, options).save(),
  resumeClient: (from, options) =>
    from.resumeClient(suite, withDefault.startClient(suite, { random }).save(), options).clientPublicKey,
  startServer: (from, options) => from.startServer(suite, record, options).save(),
  resumeServer: (from, options) =>
    from.resumeServer(suite, withDefault.startServer(suite, record, { random }).save(), options).serverPublicKey,
  startCognitoClient: (from, options) => from.startCognitoClient(options).srpA,
  cognitoVerifier: (from, options) => from.cognitoVerifier(cognitoIdentity, options),
  checkSrpA: (from, options) => from.checkSrpA('ab', options),
  startCognitoServer: (from, options) => from.startCognitoServer(cognitoRecord, options).save(),
  resumeCognitoServer: (from, options) =>
    from.resumeCognitoServer(cognito.startCognitoServer(cognitoRecord, { random }).save(), options).SRP_B,
  createDeviceVerifier: (from, options) => from.createDeviceVerifier(device, options),
}

describe('the entries without a default', () => {
  it('have the names of the others, but for the default engine', () => {
    const { bigintEngine: _, ...names } = withDefault
    expect(Object.keys(brought).sort()).toEqual(Object.keys(names).sort())
    expect(Object.keys(broughtCognito).sort()).toEqual(Object.keys(cognito).sort())
  })

  it.each(Object.entries(calls))('%s makes the same bytes, and demands an engine', (_, call) => {
    const defaults = { ...withDefault, ...cognito } as unknown as typeof brought & typeof broughtCognito
    const all = { ...brought, ...broughtCognito }
    expect(call(all, { engine, random })).toEqual(call(defaults, { random } as Options))
    for (const options of [{ random }, { random, engine: undefined }, { random, engine: {} }]) {
      expect(complaint(() => call(all, options as never))).toBe('TypeError: engine: expected an Engine')
    }
    expect(complaint(() => call(all, undefined as never))).toBe('TypeError: options: expected an object')
  })

  it('identifySuite too', async () => {
    expect(await brought.identifySuite(handshake, { engine, nearest: true })).toEqual(
      await withDefault.identifySuite(handshake, { nearest: true }),
    )
    await expect(brought.identifySuite(handshake, {} as never)).rejects.toThrow('engine: expected an Engine')
  })

  it('do not compile without an engine', () => {
    // @ts-expect-error An engine is required.
    expect(() => brought.startClient(suite)).toThrow('options: expected an object')
    // @ts-expect-error An engine is required.
    expect(() => broughtCognito.startCognitoClient({ random })).toThrow('engine: expected an Engine')
  })
})

describe('a bundle', () => {
  /** The files of this package that an app's code takes in. */
  async function filesOf(contents: string): Promise<{ files: string[]; bytes: number }> {
    const root = fileURLToPath(new URL('../../..', import.meta.url))
    const { metafile, outputFiles } = await build({
      stdin: { contents, resolveDir: root },
      absWorkingDir: root,
      tsconfig: `${root}tsconfig.base.json`,
      bundle: true,
      minify: true,
      format: 'esm',
      external: ['@noble/*', 'node:*'],
      write: false,
      metafile: true,
      outfile: 'app.js',
    })
    const inputs = Object.values(metafile.outputs)[0]?.inputs ?? {}
    const files = Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : []))
    return {
      files: files.map((file) => file.replace('packages/srp/src/', '')),
      bytes: outputFiles[0]?.text.length ?? 0,
    }
  }
  const ENGINE = ['engine/bigint.ts', 'engine/group-arithmetic.ts', 'engine/modular.ts', 'with-default-engine.ts']

  it.each([
    ['', ['startClient', 'startServer', 'enroll', 'resumeServer']],
    ['/cognito', ['startCognitoClient', 'createDeviceVerifier', 'startCognitoServer']],
  ])('of @srp6a/srp%s/bring-engine has no engine but the one brought', async (entry, names) => {
    const code = (from: string) => `export { ${names.join()} } from '@srp6a/srp${entry}${from}'`
    const [mine, ours] = [await filesOf(code('/bring-engine')), await filesOf(code(''))]
    expect(mine.files.filter((file) => ENGINE.includes(file))).toEqual([])
    // The net would catch them.
    expect(ours.files.filter((file) => ENGINE.includes(file)).sort()).toEqual([...ENGINE].sort())
    expect(ours.bytes - mine.bytes).toBeGreaterThan(2000)
  })
})
