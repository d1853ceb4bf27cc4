import { describe, expect, it } from 'vitest'
import { compareModels } from '../../model/compare.js'
import { readSdk } from '../../model/sdk.js'
import { operationModels, shapes } from '../../src/service-model/table.js'

const sdk = readSdk()
const table = { operations: operationModels, shapes }

describe('the table of the service’s model', () => {
  it('has what the installed SDK has: a new SDK shows here what is new', () => {
    expect(compareModels(table, sdk)).toEqual([])
  })

  it('is compared by operations, exceptions, members, types, required members and enums', () => {
    const { SignUp: _, ...operations } = sdk.operations
    const request = sdk.shapes.GetUserRequest
    const token = sdk.shapes.TokenModelType
    if (request === undefined || token === undefined) throw new Error('the SDK has changed')
    const changed = {
      ...sdk,
      operations: { ...operations, New: { input: '', output: null, errors: [], signed: true } },
      shapes: {
        ...sdk.shapes,
        TokenModelType: { ...token, type: 'integer' as const },
        GetUserRequest: { ...request, required: [], members: { ...request.members, Added: 'string' } },
      },
      enums: { ...sdk.enums, AuthFlowType: [...(sdk.enums.AuthFlowType ?? []), 'NEW_FLOW'] },
    }
    const found = compareModels(table, changed)
    expect(found).toEqual(
      expect.arrayContaining([
        'SignUp: operation only in the table',
        'New: operation only in the SDK',
        'GetUserRequest.Added: only in the SDK',
        'GetUserRequest.AccessToken: string in the table, number in the SDK',
        'AuthFlowType: NEW_FLOW only in the SDK',
      ]),
    )
  })
})
