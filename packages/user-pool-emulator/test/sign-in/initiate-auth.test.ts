import { describe, expect, it } from 'vitest'
import { CLIENT_ID, hashFor, PASSWORD, POOL_ID, SECRET_CLIENT, SIGNED, start } from '../support/pool.js'
import { beginSrp } from '../support/sign-in.js'
import { outcome, refusal } from '../support/wire.js'

const N =
  'FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF'

const srp = (...request: Parameters<typeof beginSrp>) => beginSrp(...request).then(outcome)

describe('InitiateAuth refuses', () => {
  it.each([
    ['no flow', { ClientId: CLIENT_ID }, /'authFlow' failed to satisfy constraint: Member must not be null/],
    ['an unknown flow', { ClientId: CLIENT_ID, AuthFlow: 'X' }, /Value 'X' at 'authFlow' .* enum value set/],
    ['no client', { AuthFlow: 'USER_SRP_AUTH' }, /'clientId' failed to satisfy constraint: Member must not be null/],
    [
      'no SRP_A',
      { ClientId: CLIENT_ID, AuthFlow: 'USER_SRP_AUTH', AuthParameters: { USERNAME: 'alice' } },
      'Missing required parameter SRP_A',
    ],
    [
      'no USERNAME',
      { ClientId: CLIENT_ID, AuthFlow: 'USER_SRP_AUTH', AuthParameters: { SRP_A: '2' } },
      'Missing required parameter USERNAME',
    ],
    [
      'a USERNAME of more than 128 characters',
      { ClientId: CLIENT_ID, AuthFlow: 'USER_SRP_AUTH', AuthParameters: { USERNAME: 'x'.repeat(2000), SRP_A: '2' } },
      /^2 validation errors detected: Value at 'userName' failed to satisfy constraint: Member must have length less than or equal to 128;/,
    ],
    [
      'no PASSWORD',
      { ClientId: CLIENT_ID, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'alice' } },
      'Missing required parameter PASSWORD',
    ],
    [
      'no REFRESH_TOKEN',
      { ClientId: CLIENT_ID, AuthFlow: 'REFRESH_TOKEN_AUTH' },
      'Missing required parameter REFRESH_TOKEN',
    ],
    [
      'an admin flow',
      { ClientId: CLIENT_ID, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters: {} },
      'Initiate Auth method not supported.',
    ],
  ])('%s', async (_, body, message) => {
    const { call } = await start()
    const reply = await call('InitiateAuth', body)
    expect(reply).toMatchObject({ status: 400, body: { __type: 'InvalidParameterException' } })
    expect(reply.body.message).toMatch(message)
  })

  it('an unknown client', async () => {
    const { call } = await start()
    expect(await srp({ call }, { USERNAME: 'alice', SRP_A: '2' }, 'unknown')).toEqual(
      refusal('ResourceNotFoundException', 'User pool client unknown does not exist.'),
    )
  })

  it('an SRP_A that is zero modulo N, not hex, or too long', async () => {
    const { call } = await start()
    const twice = (BigInt(`0x${N}`) * 2n).toString(16)
    for (const SRP_A of ['0', '000', N, N.toLowerCase(), twice, 'xyz', '-2', '0x2', 'f'.repeat(100_000)]) {
      expect(await srp({ call }, { USERNAME: 'alice', SRP_A })).toEqual(
        refusal('InvalidParameterException', 'Invalid SRP_A'),
      )
    }
    expect(await srp({ call }, { USERNAME: 'alice', SRP_A: '02' })).toMatchObject({ status: 200 })
  })

  it('flows that the client does not allow', async () => {
    const { call } = await start({ clients: [{ clientId: CLIENT_ID, explicitAuthFlows: [] }] })
    const AuthParameters = { USERNAME: 'alice', SRP_A: '2', PASSWORD, REFRESH_TOKEN: 'x' }
    const initiate = (AuthFlow: string) =>
      call('InitiateAuth', { AuthFlow, ClientId: CLIENT_ID, AuthParameters }).then(outcome)
    expect(await initiate('USER_SRP_AUTH')).toEqual(
      refusal('InvalidParameterException', 'USER_SRP_AUTH is not enabled for the client.'),
    )
    expect(await initiate('USER_PASSWORD_AUTH')).toEqual(
      refusal('InvalidParameterException', 'USER_PASSWORD_AUTH flow not enabled for this client'),
    )
    expect(await initiate('REFRESH_TOKEN_AUTH')).toMatchObject({ status: 400 })
    const admin = await call(
      'AdminInitiateAuth',
      { AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', ClientId: CLIENT_ID, UserPoolId: POOL_ID, AuthParameters },
      SIGNED,
    )
    expect(outcome(admin)).toEqual(refusal('NotAuthorizedException', 'Auth flow not enabled for this client'))
  })

  it('a missing and a wrong SECRET_HASH, and one for a client without a secret', async () => {
    const { call } = await start()
    const { clientId } = SECRET_CLIENT
    const parameters = { USERNAME: 'alice@example.com', SRP_A: '2' }
    expect(await srp({ call }, parameters, clientId)).toEqual(
      refusal(
        'NotAuthorizedException',
        `Client ${clientId} is configured with secret but SECRET_HASH was not received`,
      ),
    )
    const wrong = refusal('NotAuthorizedException', `Unable to verify secret hash for client ${clientId}`)
    for (const SECRET_HASH of ['AAAA', '', hashFor('alice'), hashFor('Alice@example.com')]) {
      expect(await srp({ call }, { ...parameters, SECRET_HASH }, clientId)).toEqual(wrong)
    }
    expect(await srp({ call }, { ...parameters, SECRET_HASH: hashFor('alice@example.com') }, clientId)).toMatchObject({
      status: 200,
    })
    expect(await srp({ call }, { ...parameters, SECRET_HASH: 'AAAA' })).toMatchObject({ status: 400 })
  })

  it('admin calls without a signature, and of another pool', async () => {
    const { call } = await start()
    const body = {
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      ClientId: CLIENT_ID,
      UserPoolId: POOL_ID,
      AuthParameters: { USERNAME: 'alice', PASSWORD },
    }
    expect(outcome(await call('AdminInitiateAuth', body))).toEqual(
      refusal('MissingAuthenticationTokenException', 'Missing Authentication Token'),
    )
    expect((await call('AdminInitiateAuth', body, SIGNED)).body.AuthenticationResult.IdToken).toBeTruthy()
    expect(await call('AdminInitiateAuth', { ...body, UserPoolId: 'us-east-1_Other' }, SIGNED)).toMatchObject({
      status: 400,
      body: { __type: 'ResourceNotFoundException' },
    })
  })
})
