import { describe, expect, it } from 'vitest'
import { printReply } from '../../src/aws/output.js'
import type { Io } from '../../src/io.js'
import type { Settings } from '../../src/settings.js'

async function printed(reply: unknown): Promise<string> {
  let text = ''
  const write = (more: string) => {
    text += more
  }
  const io = { stdout: { write } } as unknown as Io
  const settings = { option: (name: string) => (name === 'output' ? 'text' : undefined) } as Settings
  await printReply(io, settings, reply)
  return text
}

describe('--output text prints what `aws --output text` prints', () => {
  const device = { NewDeviceMetadata: { DeviceKey: 'k', DeviceGroupKey: 'g' } }

  it.each<[unknown, string]>([
    [
      { AuthenticationResult: { AccessToken: 'a', ExpiresIn: 3600, ...device }, ChallengeParameters: {} },
      'AUTHENTICATIONRESULT\ta\t3600\nNEWDEVICEMETADATA\tg\tk\n',
    ],
    [
      { ChallengeName: 'X', Session: 's', AvailableChallenges: ['A', 'B'] },
      'X\ts\nAVAILABLECHALLENGES\tA\nAVAILABLECHALLENGES\tB\n',
    ],
    [[{ a: 1 }, { b: 2 }], '1\t\n\t2\n'],
    [{ a: [{ x: 1, y: 2 }, { x: 3 }] }, 'A\t1\t2\nA\t3\t\n'],
    [{ a: [[1, 2], [3]] }, 'A\t1\nA\t2\nA\t3\n'],
    [{ a: { b: { c: 1 } } }, 'B\t1\n'],
    [['a', ['b', 'c'], 'd'], 'a\td\nb\tc\n'],
    [[null, true], 'None\tTrue\n'],
    [{}, ''],
    [[], ''],
    ['x', 'x\n'],
    [null, 'None\n'],
  ])('%j', async (reply, expected) => expect(await printed(reply)).toBe(expected))
})
