// autoEngine: WebAssembly where it compiles, BigInt elsewhere, and never an error for that.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cognitoGroup } from '../../src/cognito/group.js'
import { bigintEngine } from '../../src/engine/bigint.js'
import type { Engine } from '../../src/engine/engine.js'

const { WebAssembly } = globalThis as unknown as {
  WebAssembly: { Module: new (bytes: Uint8Array) => object; CompileError: ErrorConstructor }
}
const exponent = new Uint8Array(32).fill(0x5c)
const expected = bigintEngine.group(cognitoGroup).power(exponent)

let compiled = 0
class Counting {
  constructor(bytes: Uint8Array) {
    compiled++
    // biome-ignore lint/correctness/noConstructorReturn: what is counted is the real one
    return new WebAssembly.Module(bytes)
  }
}
class Forbidden {
  constructor() {
    compiled++
    throw new WebAssembly.CompileError('blocked by CSP')
  }
}
const like = (overrides: object): object =>
  Object.defineProperties(
    {},
    {
      ...Object.getOwnPropertyDescriptors(WebAssembly),
      ...Object.getOwnPropertyDescriptors(overrides),
    },
  )

describe('autoEngine', () => {
  let autoEngine: Engine
  beforeEach(async () => {
    compiled = 0
    vi.resetModules()
    autoEngine = (await import('../../src/auto.js')).autoEngine
  })
  afterEach(() => void vi.unstubAllGlobals())

  it('has its name, and keeps the arithmetic of a group', () => {
    expect(autoEngine.name).toBe('auto')
    expect(autoEngine.group(cognitoGroup)).toBe(autoEngine.group(cognitoGroup))
  })

  it.each([
    ['there is no WebAssembly, as in Hermes', undefined, 0],
    ['there is no SIMD', like({ validate: () => false, Module: Counting }), 0],
    ['a policy forbids compiling, which is tried once', like({ Module: Forbidden }), 1],
    ['it compiles, once', like({ Module: Counting }), 1],
  ])('gives the right numbers where %s', (_, there, attempts) => {
    vi.stubGlobal('WebAssembly', there)
    for (const group of [cognitoGroup, { ...cognitoGroup }])
      expect(autoEngine.group(group).power(exponent)).toEqual(expected)
    expect(compiled).toBe(attempts)
  })

  it('takes WebAssembly where it can', () => {
    const instances = vi.fn()
    const { Instance } = WebAssembly as unknown as { Instance: new (module: object) => object }
    vi.stubGlobal(
      'WebAssembly',
      like({
        Instance: function counted(module: object) {
          instances()
          return new Instance(module)
        },
      }),
    )
    autoEngine.group(cognitoGroup)
    expect(instances).toHaveBeenCalled()
  })
})
