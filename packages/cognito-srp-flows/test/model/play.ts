import {
  FlowError,
  forgetDevice,
  type PendingStep,
  refresh,
  rememberDevice,
  resume,
  type SignedIn,
  type Step,
  signIn,
  type Tokens,
} from 'cognito-srp-flows'
import { expect } from 'vitest'
import type { Action, Deed, Settings, Slot } from './actions.js'
import { answerOf } from './answers.js'
import { ABORTED, checkProof, checkTyped, type Model, newModel, type Proof, realName } from './proof.js'
import { checkRecords, checkTokens, createWorld, type World } from './world.js'

/** One of two sign-ins over the same device store, and what is left of it afterwards. */
interface Conversation {
  step: PendingStep | undefined
  proof: Proof
  /** the code that was sent when the step came */
  code: string | undefined
  saved: { readonly text: string; readonly proof: Proof; readonly code: string | undefined } | undefined
  used: PendingStep | undefined
  /** what it answers from then on */
  usedCode: 'step-used' | 'session-lost'
  /** its last answer failed */
  failed: PendingStep | undefined
  /** its answer is under way, in the other of two deeds at once */
  answering: PendingStep | undefined
  signedIn: { tokens: Tokens; readonly username: string; readonly deviceKey: string | undefined } | undefined
}

const NO_ONE: Proof = { username: undefined, first: false, second: false }

/** Counts of events in a run, by name: a run that reaches nothing shows here. */
export type Ends = Map<string, number>

export class Play {
  readonly world: World
  readonly model: Model
  readonly #ends: Ends
  readonly #conversations: readonly [Conversation, Conversation]

  constructor(settings: Settings, ends: Ends) {
    this.world = createWorld(settings)
    this.model = newModel(settings)
    this.#ends = ends
    const empty: Conversation = {
      step: undefined,
      proof: NO_ONE,
      code: undefined,
      saved: undefined,
      used: undefined,
      usedCode: 'step-used',
      failed: undefined,
      answering: undefined,
      signedIn: undefined,
    }
    this.#conversations = [{ ...empty }, { ...empty }]
  }

  conversation(slot: Slot): Conversation {
    return this.#conversations[slot]
  }

  #count(end: string): void {
    this.#ends.set(end, (this.#ends.get(end) ?? 0) + 1)
  }

  async do(action: Action): Promise<void> {
    const { world } = this
    world.wire.bent = false
    if (action.does === 'both') await Promise.all(action.deeds.map((deed) => this.#deed(deed)))
    else if (action.does === 'wait') world.now += action.seconds * 1000
    else if (action.does === 'trouble') world.wire.waiting.push(...action.kinds)
    else if (action.does === 'fault') world.emulator.faults.add({ kind: action.kind })
    else if (action.does === 'fail a write') world.failingWrites = 1
    else await this.#deed(action)
    checkRecords(world)
  }

  #deed(deed: Deed): Promise<void> {
    const conversation = this.conversation(deed.slot)
    switch (deed.does) {
      case 'sign in':
        return this.#signIn(conversation, deed)
      case 'answer':
        return this.#answer(conversation, deed)
      case 'save':
        return this.#save(conversation)
      case 'resume':
        return this.#resume(conversation)
      case 'use twice':
        return this.#useTwice(conversation)
      case 'refresh':
        return this.#refresh(conversation)
      default:
        return this.#device(conversation, deed)
    }
  }

  /** The step or the result that `work` ends in; undefined after an error, which must be a typed one. */
  async #ended<T>(work: (signal: AbortSignal) => Promise<T>, abort?: string, mistake = false): Promise<T | undefined> {
    const controller = new AbortController()
    if (abort === 'before') controller.abort(ABORTED)
    if (abort === 'during') setImmediate(() => controller.abort(ABORTED))
    try {
      return await work(controller.signal)
    } catch (error) {
      checkTyped(error, mistake)
      this.#count(error instanceof FlowError ? error.code : (error as Error).name)
      return undefined
    }
  }

  async #signIn(conversation: Conversation, deed: Deed & { does: 'sign in' }): Promise<void> {
    const { name, right, flow, abort } = deed
    const preferred = flow === 'USER_AUTH' ? deed.preferred : undefined
    const username = realName(name, this.world.settings)
    const sendsPassword = flow !== 'USER_AUTH' || preferred?.startsWith('PASSWORD') === true
    const password = `${(username && this.model.users[username].passwords.at(-1)) ?? 'x'}${right ? '' : '!'}`
    const step = await this.#ended(
      (signal) =>
        signIn(this.world.client, {
          username: name,
          flow,
          preferredChallenge: preferred,
          signal,
          ...(sendsPassword && { password }),
        }),
      abort,
    )
    conversation.step = undefined
    if (step === undefined) return
    // A preference that the user does not have brings the list to choose from, whatever the password was.
    const wasAsked = sendsPassword && step.kind !== 'choose-factor'
    if (wasAsked) expect(right && username !== undefined, `${name} got on with a wrong password`).toBe(true)
    this.#arrive(conversation, step, { username, first: wasAsked, second: false })
  }

  async #answer(conversation: Conversation, deed: Deed & { does: 'answer' }): Promise<void> {
    const { step, proof } = conversation
    if (step === undefined) return
    if (deed.how === 'too late') this.world.now += 1_000_000
    const { give, isProof, mustFail, mistake, lasts } = answerOf(this, step, proof, conversation.code, deed)
    const proved = isProof ? { ...proof, first: true, second: proof.first } : proof
    let isLost = false
    conversation.answering = step
    const next = await this.#ended(
      (signal) =>
        give(signal).catch((error: unknown) => {
          isLost = error instanceof FlowError && error.code === 'session-lost'
          throw error
        }),
      deed.abort,
      mistake,
    )
    if (conversation.answering === step) conversation.answering = undefined
    if (next === undefined) {
      // The step is as used as if it had been answered.
      if (isLost && conversation.step === step)
        Object.assign(conversation, { used: step, usedCode: 'session-lost', step: undefined })
      else conversation.failed = step
      if (lasts && isProof) conversation.proof = proved
      return
    }
    expect(mustFail, `${step.kind} took an answer that was ${deed.how}`).toBe(false)
    Object.assign(conversation, { used: step, usedCode: 'step-used', step: undefined })
    this.#arrive(conversation, next, proved)
  }

  #arrive(conversation: Conversation, step: Step, proof: Proof): void {
    const { world, model } = this
    this.#count(step.kind)
    conversation.proof = proof
    if (step.kind !== 'signed-in') {
      conversation.step = step
      conversation.code = proof.username && world.emulator.outbox.last(proof.username)?.code
      return
    }
    const username = checkProof(world, model, proof, step)
    this.#checkSignedIn(step, username)
    const deviceKey = step.device?.deviceKey
    conversation.signedIn = { tokens: step.tokens, username, deviceKey }
    // Also when that it was confirmed never came back.
    if (deviceKey && step.device?.status !== 'known' && world.settings.deviceTracking === 'always') {
      model.mayBeRemembered.add(deviceKey)
    }
  }

  #checkSignedIn({ tokens, device }: SignedIn, username: string): void {
    const { world } = this
    if (device) this.#count(`device ${device.status}`)
    if (world.wire.bent) return
    const claims = checkTokens(world, tokens, username)
    if (device?.status === 'known') expect(claims.device_key, 'the device was not asked').toBe(device.deviceKey)
    if (device?.status === 'confirmed' || device?.status === 'ask-user') {
      expect(
        [...world.records.values()].some((value) => value.includes(device.deviceKey)),
        'no record',
      ).toBe(true)
    }
  }

  async #save(conversation: Conversation): Promise<void> {
    const { step, proof, code, answering, failed } = conversation
    if (step && step === answering) expect(() => step.save()).toThrow(expect.objectContaining({ code: 'step-used' }))
    else if (step && step === failed) {
      // If the service had taken the answer before something failed, the step has ended.
      const text = await this.#ended(async () => step.save())
      if (text) conversation.saved = { text, proof, code }
    } else if (step) conversation.saved = { text: step.save(), proof, code }
  }

  async #resume(conversation: Conversation): Promise<void> {
    const { saved } = conversation
    if (!saved) return
    const step = resume(this.world.client, saved.text)
    expect(Object.entries(JSON.parse(step.save())).sort()).toEqual(Object.entries(JSON.parse(saved.text)).sort())
    this.#count('resumed')
    Object.assign(conversation, { step, proof: saved.proof, code: saved.code })
  }

  async #useTwice({ used, usedCode: code, proof }: Conversation): Promise<void> {
    if (!used) return
    const again = { does: 'answer', slot: 0, how: 'right', choice: 0, abort: undefined } as const
    const { give } = answerOf(this, used, proof, undefined, again)
    await expect(give(new AbortController().signal)).rejects.toMatchObject({ code })
    expect(() => used.save()).toThrow(expect.objectContaining({ code }))
    this.#count(code)
  }

  async #refresh({ signedIn }: Conversation): Promise<void> {
    const refreshToken = signedIn?.tokens.refreshToken
    if (!signedIn || !refreshToken) return
    const { username } = signedIn
    const tokens = await this.#ended((signal) => refresh(this.world.client, { refreshToken, username, signal }))
    if (!tokens) return
    this.#count('refreshed')
    if (!this.world.wire.bent) checkTokens(this.world, tokens, username)
    signedIn.tokens = tokens
  }

  async #device({ signedIn }: Conversation, deed: Deed): Promise<void> {
    const { world, model } = this
    const { tokens, deviceKey } = signedIn ?? {}
    if (!tokens || !deviceKey) return
    const request = { accessToken: tokens.accessToken, deviceKey }
    if (deed.does === 'remember device') {
      const { yes } = deed
      const [maybe, nomore] = yes
        ? [model.mayBeRemembered, model.mayBeOrdinary]
        : [model.mayBeOrdinary, model.mayBeRemembered]
      maybe.add(deviceKey)
      const began = ++model.tellings
      const done = await this.#ended(() => rememberDevice(world.client, { ...request, remember: yes }).then(() => true))
      // Of two at once, either may have been the last.
      if (done && model.told === began - 1 && model.tellings === began) nomore.delete(deviceKey)
      model.told++
      return
    }
    const forgotten = await this.#ended(() => forgetDevice(world.client, request).then(() => true))
    if (!forgotten) return
    model.mayBeRemembered.delete(deviceKey)
    const kept = [...world.records.values()].filter((value) => value.includes(deviceKey))
    expect(kept, 'a forgotten device is still in the store').toEqual([])
    this.#count('device forgotten')
  }
}
