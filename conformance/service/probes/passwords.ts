// Passwords that a user had before.
import { type Probe, probesOf } from '../probe.js'
import { PASSWORD, seen } from '../scene.js'
import { passwordHistory } from './needs.js'

export const passwords: readonly Probe[] = probesOf(passwordHistory, [
  {
    id: 'password-used-before',
    says: 'A pool with PasswordHistorySize refuses the current password as the new one.',
    source: 'service model, PasswordHistorySize and PasswordHistoryPolicyViolationException',
    assumption: 'passwordUsedBefore',
    expected: 'PasswordHistoryPolicyViolationException: Password has previously been used.',
    async observe(scene) {
      const reply = await scene.signIn(await scene.user())
      return seen(
        await scene.refusal('ChangePassword', {
          AccessToken: reply.AuthenticationResult?.AccessToken ?? '',
          PreviousPassword: PASSWORD,
          ProposedPassword: PASSWORD,
        }),
      )
    },
  },
])
