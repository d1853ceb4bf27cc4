// Follows secrets through WebAssembly's text: whatever is loaded from memory is one, and so is what is made from it.

type Node = string | Node[]

/** Nested lists of the text, without its comments. */
function parse(text: string): Node[] {
  const stack: Node[][] = [[]]
  for (const [token] of text.replace(/;;.*$/gm, '').matchAll(/[()]|"[^"]*"|[^\s()]+/g)) {
    const top = stack.at(-1)
    if (token === '(') stack.push([])
    else if (token === ')') {
      stack.pop()
      stack.at(-1)?.push(top ?? [])
    } else top?.push(token)
  }
  if (stack.length !== 1) throw new TypeError('the parentheses do not match')
  return stack[0] ?? []
}

interface Func {
  readonly name: string
  readonly params: string[]
  readonly body: Node[]
  /** Locals and parameters that may hold a secret. */
  readonly secret: Set<string>
  secretResult: boolean
}

const isList = (node: Node | undefined): node is Node[] => Array.isArray(node)
const headOf = (node: Node): string => (isList(node) && typeof node[0] === 'string' ? node[0] : '')

function functionOf(list: Node[]): Func {
  const params = list.filter((node) => headOf(node) === 'param').map((node) => String(node[1]))
  const exported = list.find((node) => headOf(node) === 'export')
  const name = exported ? String(exported[1]).replaceAll('"', '') : String(list[1])
  const body = list.slice(1).filter((node) => isList(node) && !/^(param|result|local|export)$/.test(headOf(node)))
  return { name, params, body, secret: new Set(), secretResult: false }
}

/**
 * Instructions whose time depends on an operand, or that jump where this does not follow. Of doubles, additions and
 * multiplications are allowed, fused or not, and what makes some of small integers: the bounds of fma.wat keep them finite
 * and never subnormal.
 */
const FORBIDDEN =
  /\.(div|rem)|^f(32|64)(?!x2\.(add|sub|mul|relaxed_madd|convert_low_i32x4_[su])$)|sqrt|call_indirect|br_table|memory\.grow|return|global\.set|unreachable/

/**
 * @param text the fields of a module, in folded form
 * @param secrets parameters of exports that are secrets, as `function $parameter`
 * @returns what depends on a secret and must not: each address, each condition of a branch or a select; and how many
 *   of those there are
 */
export function secretFlows(text: string, secrets: readonly string[]): { violations: string[]; checked: number } {
  const functions = new Map(
    parse(text)
      .filter(isList)
      .filter((node) => node[0] === 'func')
      .map((list) => [String(functionOf(list).name), functionOf(list)]),
  )
  for (const secret of secrets) {
    const [name = '', parameter = ''] = secret.split(' ')
    const func = functions.get(name)
    if (!func?.params.includes(parameter)) throw new TypeError(`there is no ${secret}`)
    func.secret.add(parameter)
  }
  let violations = new Set<string>()
  let checked = 0
  const size = () =>
    [...functions.values()].reduce((sum, func) => sum + func.secret.size + Number(func.secretResult), 0)
  for (let before = -1; before !== size(); ) {
    before = size()
    violations = new Set()
    checked = 0
    for (const func of functions.values()) {
      const last = func.body.map((node) => isSecret(func, node)).at(-1)
      func.secretResult ||= last ?? false
    }
  }
  return { violations: [...violations], checked }

  function mustBePublic(func: Func, what: string, node: Node | undefined): void {
    checked++
    if (node === undefined) throw new TypeError(`${func.name}: ${what} is missing`)
    if (isSecret(func, node)) violations.add(`${func.name}: ${what} ${JSON.stringify(node)}`)
  }

  /** True if the value may hold a secret; marks the locals and parameters that get one on the way. */
  function isSecret(func: Func, node: Node): boolean {
    if (!isList(node)) return false
    const [head = '', ...rest] = node
    const operation = String(head)
    if (FORBIDDEN.test(operation)) violations.add(`${func.name}: ${operation}`)
    const operands = rest.filter(isList)
    if (operation === 'local.get') return func.secret.has(String(rest[0]))
    if (/\.(load|store)/.test(operation)) mustBePublic(func, `address of ${operation}`, operands[0])
    if (operation === 'br_if' || operation === 'if') mustBePublic(func, `condition of ${operation}`, operands[0])
    if (operation === 'select') mustBePublic(func, 'condition of select', operands[2])
    const values = operands.map((operand) => isSecret(func, operand))
    if (/^local\.(set|tee)$/.test(operation) && values[0]) func.secret.add(String(rest[0]))
    if (operation === 'call') {
      const callee = functions.get(String(rest[0]))
      if (!callee || callee.params.length !== values.length) throw new TypeError(`a call of ${rest[0]}`)
      for (const [i, param] of callee.params.entries()) if (values[i]) callee.secret.add(param)
      return callee.secretResult
    }
    return operation.includes('.load') || values.includes(true)
  }
}
