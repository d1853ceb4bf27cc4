// Asks every oracle for every draft and writes down what they say. A disagreement that the draft does not foresee, or
// a foreseen one that does not happen, stops the generator: the files never claim more than was seen.
import { amplify } from './oracles/amplify.js'
import { identityJs } from './oracles/identity-js.js'
import { srpHelper } from './oracles/srp-helper.js'
import type { Conversation, DeviceInputs, Draft, Oracle, OracleAnswer, Values, Vector } from './types.js'

export const ORACLES: readonly Oracle[] = [identityJs, amplify, srpHelper]

function question(oracle: Oracle, { kind, inputs }: Draft): (() => Promise<Values>) | undefined {
  switch (kind) {
    case 'user':
      return () => oracle.user(inputs as unknown as Conversation)
    case 'device':
      return () => oracle.device(inputs as unknown as Conversation)
    case 'device-verifier':
      return () => oracle.deviceVerifier(inputs as unknown as DeviceInputs)
    case 'timestamp':
      return () => oracle.timestamp(inputs.now ?? '')
    case 'secret-hash': {
      const { username = '', clientId = '', clientSecret = '' } = inputs
      return oracle.secretHash && (async () => oracle.secretHash?.(username, clientId, clientSecret) ?? {})
    }
    case 'signed-bytes':
      return oracle.signedBytes && (async () => oracle.signedBytes?.(inputs.hex ?? '') ?? {})
  }
}

export const describe = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error)

export async function ask(draft: Draft): Promise<Vector> {
  const oracles: OracleAnswer[] = []
  for (const oracle of ORACLES) {
    const work = question(oracle, draft)
    if (work === undefined) continue
    try {
      oracles.push(compare(oracle.package, await work(), draft))
    } catch (error) {
      oracles.push({ package: oracle.package, same: [], error: describe(error) })
    }
  }
  const agree = oracles.every(({ differs, error }) => differs === undefined && error === undefined)
  if (oracles.length === 0) throw new Error(`${draft.id}: no oracle ran`)
  if (agree === (draft.decision !== undefined)) {
    throw new Error(
      `${draft.id}: ${agree ? 'a disagreement was foreseen' : 'the oracles disagree'}: ${JSON.stringify(oracles)}`,
    )
  }
  if (!oracles.some(({ same }) => same.length > 0))
    throw new Error(`${draft.id}: no oracle supports the expected values`)
  const { id, kind, condition, inputs, expected, shapes, decision } = draft
  return {
    ...{ id, kind, condition, inputs, expected },
    ...(shapes === undefined ? {} : { shapes }),
    ...{ oracles, agree },
    ...(decision === undefined ? {} : { decision }),
  }
}

function compare(name: string, values: Values, { id, expected }: Draft): OracleAnswer {
  const same: string[] = []
  const differs: Record<string, string> = {}
  for (const [key, value] of Object.entries(values)) {
    const right = expected[key]
    if (right === undefined) throw new Error(`${id}: ${name} gave ${key}, which the draft does not expect`)
    if (value === right) same.push(key)
    else differs[key] = value
  }
  return Object.keys(differs).length === 0 ? { package: name, same } : { package: name, same, differs }
}
