// The helper modules which its signIn calls, in the order in which handlePasswordVerifierChallenge calls them. Its
// configuration, token store and transport are left out, which makes it a little faster than in use.
import { importFile } from '../../packages.js'
import type { Challenge } from '../challenge.js'
import type { Claim, Contender, Started } from '../contender.js'

type Big = { toString(radix: number): string }
type BigConstructor = new (text: string, radix: number) => Big
interface Helper {
  A: Big
  getPasswordAuthenticationKey(input: {
    username: string
    password: string
    serverBValue: Big
    salt: Big
  }): Promise<Uint8Array>
}
type SignatureString = (input: {
  userPoolName: string
  username: string
  challengeParameters: { SECRET_BLOCK: string }
  dateNow: string
  hkdf: Uint8Array
}) => string

const FOLDER = 'dist/esm/providers/cognito/utils/srp'
const NAME = '@aws-amplify/auth'

export async function load(): Promise<Contender> {
  const { getAuthenticationHelper } = await importFile<{ getAuthenticationHelper(pool: string): Promise<Helper> }>(
    NAME,
    `${FOLDER}/getAuthenticationHelper.mjs`,
  )
  const { default: BigInteger } = await importFile<{ default: BigConstructor }>(
    NAME,
    `${FOLDER}/BigInteger/BigInteger.mjs`,
  )
  const { getNowString } = await importFile<{ getNowString(): string }>(NAME, `${FOLDER}/getNowString.mjs`)
  const { getSignatureString } = await importFile<{ getSignatureString: SignatureString }>(
    NAME,
    `${FOLDER}/getSignatureString.mjs`,
  )
  return {
    async start(challenge: Challenge): Promise<Started> {
      const userPoolName = challenge.userPoolId.split('_')[1] ?? ''
      const helper = await getAuthenticationHelper(userPoolName)
      const srpA = helper.A.toString(16)
      return {
        srpA,
        async answer(): Promise<Claim> {
          const hkdf = await helper.getPasswordAuthenticationKey({
            username: challenge.userId,
            password: challenge.password,
            serverBValue: new BigInteger(challenge.srpB, 16),
            salt: new BigInteger(challenge.salt, 16),
          })
          const timestamp = getNowString()
          const signature = getSignatureString({
            userPoolName,
            username: challenge.userId,
            challengeParameters: { SECRET_BLOCK: challenge.secretBlock },
            dateNow: timestamp,
            hkdf,
          })
          return { srpA, signature, timestamp }
        },
      }
    },
  }
}
