// As much of vitest as the tests of packages/srp use, in one thread and without a process of its own: a mutant's tests
// run in milliseconds. The assertions are vitest's own.
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  GLOBAL_EXPECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect'

for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin)
const expect = Object.assign((value, message) => chai.expect(value, message), chai.expect)
Object.assign(expect, globalThis[ASYMMETRIC_MATCHERS_OBJECT])
globalThis[GLOBAL_EXPECT] = expect
setState({ assertionCalls: 0 }, expect)

let tests = []
let groups = []

const rows = (table) => table.map((row) => (Array.isArray(row) ? row : [row]))

function it(name, body) {
  tests.push({
    name: [...groups.map((group) => group.name), name].join(' > '),
    body,
    after: groups.flatMap((g) => g.after),
  })
}
it.each = (table) => (name, body) => {
  for (const [i, row] of rows(table).entries()) it(`${name} (${i})`, () => body(...row))
}
it.skip = () => undefined

function describe(name, body) {
  const group = { name, after: [] }
  groups.push(group)
  const first = tests.length
  body()
  // afterEach may stand below the tests.
  for (const test of tests.slice(first)) test.after = [...new Set([...test.after, ...group.after])]
  groups.pop()
}
describe.each = (table) => (name, body) => {
  for (const [i, row] of rows(table).entries()) describe(`${name} (${i})`, () => body(...row))
}

const stubbed = new Map()
const spied = []
const vi = {
  /** Each mutant's run evaluates all modules again. */
  resetModules() {},
  stubGlobal(name, value) {
    if (!stubbed.has(name)) stubbed.set(name, Object.getOwnPropertyDescriptor(globalThis, name))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  },
  unstubAllGlobals() {
    for (const [name, descriptor] of stubbed) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor)
      else delete globalThis[name]
    }
    stubbed.clear()
  },
  spyOn: (object, name) => ({
    mockImplementation(body) {
      spied.push([object, name, Object.getOwnPropertyDescriptor(object, name)])
      Object.defineProperty(object, name, { value: body, configurable: true, writable: true })
    },
  }),
  restoreAllMocks() {
    for (const [object, name, descriptor] of spied.splice(0).reverse()) {
      if (descriptor) Object.defineProperty(object, name, descriptor)
      else delete object[name]
    }
  },
}

/** Types are checked by the compiler; at run time nothing happens, as in vitest. */
const anything = new Proxy(() => undefined, { get: () => anything, apply: () => anything })

export const vitest = {
  describe,
  expect,
  it,
  test: it,
  vi,
  expectTypeOf: anything,
  // Outside of all groups: what is stubbed and spied on is given back after each test anyway.
  afterEach: (body) => groups.at(-1)?.after.push(body),
}

/** The tests that `evaluate` declares, in order. */
export function collect(evaluate) {
  tests = []
  groups = []
  evaluate()
  return tests
}

/** Undefined if the test passes, else what it threw. */
export async function outcome({ body, after }) {
  try {
    await body()
    return undefined
  } catch (error) {
    return error ?? new Error('threw nothing')
  } finally {
    for (const clean of after) await clean()
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  }
}
