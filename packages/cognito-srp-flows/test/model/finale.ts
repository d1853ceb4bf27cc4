import { type SignedIn, signIn } from 'cognito-srp-flows'
import { expect } from 'vitest'
import { totpCode } from './answers.js'
import type { Play } from './play.js'
import { needsSecond } from './proof.js'
import { checkRecords, checkTokens } from './world.js'

const LONGEST = 8

interface Honest {
  readonly step: SignedIn
  /** how many codes were asked for */
  readonly codes: number
}

/** Signs a user in with everything right; undefined where the pool asks for what no sign-in can give. */
async function honest({ world, model }: Play, username: 'ada' | 'bob'): Promise<Honest | undefined> {
  const user = model.users[username]
  for (const password of [...user.passwords].reverse()) {
    let step = await signIn(world.client, { username, password }).catch((error: Error) => {
      // Of two passwords that may be the present one, the other.
      if (user.passwords.length > 1 && error.name === 'NotAuthorizedException') return undefined
      throw error
    })
    if (!step) continue
    let kept = password
    let codes = 0
    for (let turns = 0; step.kind !== 'signed-in' && turns < LONGEST; turns++) {
      // An authenticator's code is good once.
      world.now += 60_000
      if (step.kind === 'code') codes++
      const wrong = step.kind === 'code' && step.via !== 'totp' ? step.answer('no code') : undefined
      if (wrong) await expect(wrong).rejects.toMatchObject({ name: 'CodeMismatchException' })
      const sent = world.emulator.outbox.last(username)?.code ?? ''
      if (step.kind === 'code' && step.via === 'totp') {
        // If the last answer of a set-up was lost, either app may be the right one.
        let next: typeof step | SignedIn | undefined
        for (const secret of [...user.totpSecrets].reverse()) {
          const answer = step.answer(totpCode(secret, world.now, true))
          next ??= (await answer.catch(() => undefined)) as SignedIn | undefined
          if (next) break
        }
        if (!next) throw new Error('no app has the right code')
        step = next
      } else if (step.kind === 'code') step = await step.answer(sent)
      else if (step.kind === 'new-password') {
        kept = `Last-Horse-${username}-1`
        step = await step.answer(kept)
      } else if (step.kind === 'choose-mfa') step = await step.answer(step.choices[0] as never)
      else if (step.kind === 'choose-mfa-setup') step = await step.answer(step.choices[0] as never)
      else if (step.kind === 'set-up-totp') {
        user.totpSecrets.push(step.secretCode)
        step = await step.answer(totpCode(step.secretCode, world.now, true))
      } else if (step.kind === 'set-up-email') step = await step.answer(`${username}@setup.example`)
      else if (step.kind === 'other' && step.challenge === 'MFA_SETUP') return undefined
      else throw new Error(`no one expected ${step.kind}`)
    }
    if (step.kind !== 'signed-in') throw new Error(`${LONGEST} right answers were not enough`)
    user.passwords = [kept]
    return { step, codes }
  }
  throw new Error(`${username} is locked out`)
}

/** Whatever happened before: with no more trouble, right answers sign in, and a device is known the next time. */
export async function finale(play: Play): Promise<void> {
  const { world } = play
  const { settings } = world
  world.emulator.faults.clear()
  world.wire.waiting = []
  world.wire.bent = false
  world.failingWrites = 0
  // Longer than any lockout.
  world.now += 20 * 60_000
  for (const username of ['ada', 'bob'] as const) {
    const first = await honest(play, username)
    if (!first) continue
    checkTokens(world, first.step.tokens, username)
    checkRecords(world)
    if (!settings.store || settings.deviceTracking === 'off') continue
    const { device } = first.step
    expect(device?.status).toMatch(/^(known|confirmed|ask-user)$/)
    world.now += 60_000
    const second = await honest(play, username)
    // A remembered device stands in for the second factor where the pool says so, and another one never does.
    const deviceKey = device?.deviceKey ?? ''
    const mayAsk = needsSecond(settings, settings[username])
    const always = settings.deviceTracking === 'always'
    const mayBeOrdinary = play.model.mayBeOrdinary.has(deviceKey)
    const mayBeRemembered = play.model.mayBeRemembered.has(deviceKey) || (always && !mayBeOrdinary)
    const again = second?.step.device
    const isKnown = again?.deviceKey === deviceKey && again.status === 'known'
    // One that is not remembered signs in as if there were none.
    const isNew = again?.deviceKey !== deviceKey && /^(confirmed|ask-user)$/.test(again?.status ?? '')
    expect((mayBeRemembered && isKnown) || (!(always && !mayBeOrdinary) && isNew), 'the device the second time').toBe(
      true,
    )
    if (mayAsk && !(mayBeRemembered && settings.skipsMfa))
      expect(second?.codes, 'a second factor was left out').toBeGreaterThan(0)
    else if (always && !(mayAsk && mayBeOrdinary)) expect(second?.codes, 'a code too many').toBe(0)
  }
}
