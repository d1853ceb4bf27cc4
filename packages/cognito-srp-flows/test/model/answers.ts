import type { PendingStep, Step } from 'cognito-srp-flows'
import { TOTP } from 'otpauth'
import type { Deed } from './actions.js'
import type { Play } from './play.js'
import type { Proof } from './proof.js'

export interface Given {
  readonly give: (signal: AbortSignal) => Promise<Step>
  /** it proves one factor more, if a step follows */
  readonly isProof: boolean
  readonly mustFail: boolean
  /** it is the caller's own mistake: a TypeError or RangeError */
  readonly mistake: boolean
  /** what it proves stays proved where only the rest of the answer failed */
  readonly lasts?: boolean
}

let passwords = 0

/** The code that an authenticator app shows; or one that none within three steps would. */
export function totpCode(secret: string, now: number, right: boolean): string {
  const totp = new TOTP({ secret })
  if (right) return totp.generate({ timestamp: now })
  const shown = [-1, 0, 1, 2].map((steps) => totp.generate({ timestamp: now + steps * 30_000 }))
  return ['000000', '111111', '222222', '333333', '444444'].find((code) => !shown.includes(code)) ?? ''
}

/** Choose the user's answer to a step: the right thing, a wrong one, the right one too late, or nothing. */
export function answerOf(
  { world, model }: Play,
  step: PendingStep,
  proof: Proof,
  sent: string | undefined,
  { how, choice }: Deed & { does: 'answer' },
): Given {
  const user = proof.username && model.users[proof.username]
  const right = how === 'right'
  const secrets = { isProof: right, mustFail: !right, mistake: how === 'empty' }
  const choosing = { isProof: false, mustFail: how !== 'right', mistake: how === 'wrong' || how === 'empty' }
  const pick = (choices: readonly string[]) =>
    how === 'wrong' ? 'NONSENSE' : how === 'empty' ? '' : (choices[choice % choices.length] ?? '')

  switch (step.kind) {
    case 'code': {
      const app = user?.totpSecrets.at(-1)
      const shown = step.via === 'totp' && app ? totpCode(app, world.now, how !== 'wrong') : (sent ?? '000000')
      const wrong = step.via === 'totp' ? shown : shown === '123456' ? '654321' : '123456'
      const code = how === 'empty' ? '' : how === 'wrong' ? wrong : shown
      return { give: (signal) => step.answer(code, { signal }), ...secrets }
    }
    case 'set-up-totp': {
      const code = how === 'empty' ? '' : totpCode(step.secretCode, world.now, how !== 'wrong')
      if (right) user?.totpSecrets.push(step.secretCode)
      const isVerified = proof.second
      const give = (signal: AbortSignal) => step.answer(code, { signal })
      return { give, ...secrets, isProof: right || isVerified, mustFail: !right && !isVerified, lasts: true }
    }
    case 'set-up-email': {
      const email = how === 'empty' ? '' : how === 'wrong' ? 'no address' : `${proof.username}@setup.example`
      return { give: (signal) => step.answer(email, { signal }), ...choosing, mistake: how === 'empty' }
    }
    case 'new-password': {
      const password = how === 'empty' ? '' : how === 'wrong' ? 'short' : `Newer-Horse-${passwords++}`
      const give = async (signal: AbortSignal) => {
        const before = user?.passwords ?? []
        if (right && user) Object.assign(user, { passwords: [...before, password], mayHaveChanged: true })
        const next = await step.answer(password, {}, { signal })
        if (right && user) user.passwords = [password]
        return next
      }
      return { give, isProof: false, mustFail: !right, mistake: how === 'empty' }
    }
    case 'choose-mfa':
    case 'choose-mfa-setup':
      // To begin with one of two needs no request, and so no session.
      return {
        give: (signal) => step.answer(pick(step.choices) as never, { signal }),
        ...choosing,
        mustFail: choosing.mustFail && !(step.kind === 'choose-mfa-setup' && how === 'too late'),
      }
    case 'choose-factor': {
      const chosen = step.choices[choice % step.choices.length] ?? ''
      const password = how === 'empty' ? '' : `${user?.passwords.at(-1) ?? 'x'}${how === 'wrong' ? '!' : ''}`
      const needsPassword = chosen.startsWith('PASSWORD')
      return {
        give: (signal) => step.answer(chosen as never, { password, signal }),
        isProof: right && needsPassword && user !== undefined,
        mustFail: how === 'too late' || (needsPassword && !right),
        mistake: how === 'empty',
      }
    }
    case 'other':
      return {
        give: (signal) => step.answer({ ANSWER: 'x' }, { signal }),
        isProof: false,
        mustFail: true,
        mistake: false,
      }
    default:
      throw new Error(`no one expected ${step.kind}`)
  }
}
