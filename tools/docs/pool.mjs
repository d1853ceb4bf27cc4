// The user pool that the examples of the documents sign in to.
import { createUserPool, serve } from 'cognito-user-pool-emulator'

const password = 'Correct-Horse-7-Battery'

export function servePool() {
  return serve(
    createUserPool({
      id: 'us-east-1_AbCdEfGhI',
      clients: [{ clientId: '1example23456789' }],
      mfa: 'OPTIONAL',
      deviceTracking: 'always',
      users: [
        { username: 'ada', password, attributes: { email: 'ada@example.com' } },
        { username: 'grace', password, attributes: { phone_number: '+15555550123' }, mfa: { sms: true } },
      ],
    }),
  )
}
