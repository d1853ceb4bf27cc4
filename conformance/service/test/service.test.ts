// The probes, with the emulator in place of the service: they pass there, see what is broken on purpose, and touch only
// what they made.
import { createUserPool, serve } from 'cognito-user-pool-emulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NotPossible, type Probe } from '../probe.js'
import { NOT_PROBED, probes } from '../probes/index.js'
import { markdownOf } from '../report.js'
import { runProbes } from '../run.js'
import { type Service, sdkService } from '../service.js'
import { MARK, temporaryPools } from '../temporary-pools.js'

const bystander = createUserPool({ id: 'us-east-1_Bystander', clients: [{ clientId: 'web' }] })
let service: Service
let stop: () => Promise<void>

beforeAll(async () => {
  const server = await serve(bystander)
  stop = () => server.close()
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  service = sdkService({ region: 'us-east-1', endpoint: server.url, credentials })
})
afterAll(() => stop())

const poolIds = async (): Promise<readonly string[]> => {
  const { UserPools } = await service.call('ListUserPools', { MaxResults: 60 })
  return (UserPools as readonly { Id: string }[]).map(({ Id }) => Id).sort()
}
const probe = (id: string): Probe => {
  const found = probes.find((one) => one.id === id)
  if (!found) throw new Error(`no probe ${id}`)
  return found
}

describe('the probes', () => {
  it('have names of their own, a sentence and a source', () => {
    expect(new Set(probes.map(({ id }) => id)).size).toBe(probes.length)
    for (const { id, says, source } of probes) {
      expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      expect([says.endsWith('.'), source.length > 10], id).toEqual([true, true])
    }
  })

  it('cover every assumption of the emulator, but for those that say what they would need', () => {
    const { settings } = bystander.snapshot().pools[0] as { settings: { assumptions: object } }
    const covered = [...probes.flatMap(({ assumption }) => assumption ?? []), ...Object.keys(NOT_PROBED)]
    expect([...new Set(covered)].sort()).toEqual(Object.keys(settings.assumptions).sort())
  })

  it('hold on the emulator, each of them', async () => {
    const pools = temporaryPools(service, 'all')
    const findings = await runProbes(probes, service, pools)
    expect(findings.filter(({ result }) => result !== 'held')).toEqual([])
    expect(findings).toHaveLength(probes.length)
    expect(await pools.deleteAll()).toEqual([])
    expect(await poolIds()).toEqual(['us-east-1_Bystander'])
  })
})

describe('a run', () => {
  it('says what differed, and what was expected and seen', async () => {
    const pools = temporaryPools(service, 'differs')
    const bent: Service = {
      ...service,
      async call(operation, input) {
        const reply = await service.call(operation, input)
        return operation === 'InitiateAuth' && 'ChallengeName' in reply ? { ...reply, Session: 'a session' } : reply
      },
    }
    const findings = await runProbes([probe('srp-reply-without-session')], bent, pools)
    expect(findings).toMatchObject([{ result: 'differed', expected: false, seen: true }])
    await pools.deleteAll()
    const page = markdownOf({ date: '2026-01-02', region: 'us-east-1', complete: true, findings, left: [] })
    expect(page).toContain('0 held, 1 differed, 0 not possible')
    expect(page).toContain('## Differed')
  })

  it('reports what was not possible, and goes on', async () => {
    const pools = temporaryPools(service, 'impossible')
    const cannot = (error: Error): Probe => ({ ...probe('wrong-password'), observe: () => Promise.reject(error) })
    const findings = await runProbes(
      [cannot(new NotPossible('no e-mail here')), cannot(new Error('ENOTFOUND')), probe('srp-a-missing')],
      service,
      pools,
    )
    expect(findings.map(({ result, seen }) => [result, seen])).toEqual([
      ['not possible', 'no e-mail here'],
      ['not possible', 'Error: ENOTFOUND'],
      ['held', undefined],
    ])
    await pools.deleteAll()
  })

  it('ends where it is interrupted, and deletes a pool that is still being made', async () => {
    const pools = temporaryPools(service, 'interrupted')
    let asked = 0
    const findings = await runProbes(probes, service, pools, { interrupted: () => ++asked > 2 })
    expect(findings).toHaveLength(2)
    // Not awaited: this is what an interruption finds.
    const unfinished = pools.for(probe('confirm-device-twice').needs)
    expect(await pools.deleteAll()).toEqual([])
    await unfinished
    expect(pools.left).toEqual([])
    expect(await poolIds()).toEqual(['us-east-1_Bystander'])
  })

  it('marks its pools with its tag', async () => {
    const pools = temporaryPools(service, 'marked')
    const { id } = await pools.for(probe('wrong-password').needs)
    const { UserPool } = (await service.call('DescribeUserPool', { UserPoolId: id })) as never as {
      UserPool: { Name: string; UserPoolTags: Record<string, string> }
    }
    expect([UserPool.Name, UserPool.UserPoolTags]).toEqual([`${MARK}-marked`, { [MARK]: 'marked' }])
    await pools.deleteAll()
  })

  it('refuses to delete a pool that it did not make, or that bears another tag', async () => {
    const pools = temporaryPools(service, 'careful')
    await expect(pools.delete('us-east-1_Bystander')).rejects.toThrow('this run has not made us-east-1_Bystander')
    const { id } = await pools.for(probe('wrong-password').needs)
    const retagged: Service = {
      ...service,
      call: async (operation, input) =>
        operation === 'DescribeUserPool' ? { UserPool: { UserPoolTags: {} } } : service.call(operation, input),
    }
    const others = temporaryPools(retagged, 'careful')
    const own = await others.for(probe('wrong-password').needs)
    await expect(others.delete(own.id)).rejects.toThrow('does not bear the tag')
    expect(await others.deleteAll()).toEqual([{ id: own.id, error: expect.stringContaining('does not bear the tag') }])
    expect(await poolIds()).toEqual(['us-east-1_Bystander', id, own.id].sort())
    await pools.deleteAll()
    await service.call('DeleteUserPool', { UserPoolId: own.id })
  })

  it('leaves no pool behind when the client cannot be made', async () => {
    const failing: Service = {
      ...service,
      call: (operation, input) =>
        operation === 'CreateUserPoolClient' ? Promise.reject(new Error('throttled')) : service.call(operation, input),
    }
    const pools = temporaryPools(failing, 'throttled')
    const findings = await runProbes([probe('wrong-password')], failing, pools)
    expect(findings).toMatchObject([{ result: 'not possible', seen: 'Error: throttled' }])
    expect(pools.left).toHaveLength(1)
    expect(await pools.deleteAll()).toEqual([])
    expect(await poolIds()).toEqual(['us-east-1_Bystander'])
  })
})
