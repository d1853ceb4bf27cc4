// Puts the page together: a story is chosen, its pool is opened, and each step of the sign-in becomes a view.
import { type AppClient, type DeviceInfo, type Step, webStorageDeviceStore } from 'cognito-srp-flows'
import { fetchApi } from 'cognito-srp-flows/fetch'
import { createSession } from 'cognito-srp-flows/session'
import { poolOf, STORIES, type Story, storyOf } from '../stories.js'
import { byId, element } from './element.js'
import { explain, type Trouble } from './errors.js'
import { Diagram } from './handshake/diagram.js'
import { observedEngine } from './handshake/engine.js'
import { Recorder } from './handshake/recorder.js'
import { usePasskey } from './passkey.js'
import { Phone } from './phone.js'
import { attend } from './session-news.js'
import type { Stage } from './stage.js'
import { offerTrouble } from './trouble.js'
import { forgotView, signUpView } from './views/account.js'
import type { View } from './views/form.js'
import { signInView } from './views/sign-in.js'
import { signedInView } from './views/signed-in.js'
import { stepView } from './views/steps.js'

const card = byId('card')
const diagram = new Diagram()
const recorder = new Recorder((entry, totals) => diagram.add(entry, totals))
const engine = observedEngine(recorder.purpose, recorder.tell)
const devices = webStorageDeviceStore(localStorage)

let story: Story = storyOf(location.hash.slice(2))
const phone = new Phone(() => story, useCode)
// Answers that arrive after the visitor went to another story are for no one.
let visit = 0
let busy = false

/** Stories that begin with something else than a sign-in. */
const BEGINNINGS: Readonly<Record<string, ((stage: Stage, news?: string) => View) | undefined>> = {
  'sign-up': signUpView,
  forgot: forgotView,
}

let stopAttending = () => {}
/** The device as the last sign-in of this tab gave it. */
let device: DeviceInfo | undefined

function openStage(): Stage {
  const mine = visit
  const api = fetchApi({ endpoint: `${location.origin}/pool/${story.id}`, fetch: recorder.fetch })
  const client: AppClient = { api, ...poolOf(story), devices, engine }
  const session = createSession(client, { storage: localStorage })
  const stage: Stage = {
    story,
    client,
    session,
    watchFor: (password) => recorder.watchFor(password),
    begin: () => {
      recorder.clear()
      diagram.clear()
    },
    run: (work) => void run(stage, work),
    show: (view) => {
      if (mine === visit) show(view)
    },
    restart: (news) => stage.show(BEGINNINGS[story.id]?.(stage, news) ?? signInView(stage, news)),
  }
  stopAttending()
  stopAttending = attend(stage, () => device)
  return stage
}

/** One thing at a time: a second press while the first is under way does nothing. */
async function run(stage: Stage, work: () => Promise<Step | undefined>): Promise<void> {
  if (busy) return
  const started = visit
  diagram.turn()
  setBusy(true)
  byId('card-error').replaceChildren()
  try {
    const step = await work()
    if (started === visit && step) await showStep(stage, step)
    // A code may have been sent anyway.
    else await phone.look()
  } catch (error) {
    if (started === visit) await fail(stage, explain(error))
  } finally {
    if (started === visit) setBusy(false)
  }
}

async function showStep(stage: Stage, step: Step): Promise<void> {
  await phone.look(step.kind === 'set-up-totp' ? step.secretCode : undefined)
  if (step.kind === 'signed-in') {
    device = step.device
    const user = await stage.session.user()
    if (user) show(signedInView({ user, tokens: step.tokens, device }, stage))
    return
  }
  show(stepView(step, stage))
  // The visitor has asked for it already; the button stays for another try.
  if (step.kind === 'passkey') return showStep(stage, await usePasskey(step))
}

async function fail(stage: Stage, trouble: Trouble): Promise<void> {
  if (trouble.restart && card.dataset.view !== 'Sign in') stage.restart()
  await phone.look()
  const { title, advice } = trouble
  byId('card-error').replaceChildren(element('strong', {}, title), element('span', {}, advice))
  byId('card-error').scrollIntoView({ block: 'nearest' })
  const input = card.querySelector<HTMLInputElement>('input[type=password], input.code') ?? card.querySelector('input')
  input?.setAttribute('aria-invalid', String(trouble.wrong === true))
  const button = card.querySelector<HTMLElement>('button.primary, button.secondary')
  const target = trouble.wrong ? input : button
  target?.focus()
}

function setBusy(now: boolean): void {
  busy = now
  card.setAttribute('aria-busy', String(now))
}

function show(view: View, focus = true): void {
  card.dataset.view = view.title
  card.replaceChildren(
    element('h2', { id: 'card-title', tabindex: '-1' }, view.title),
    view.lead === undefined ? '' : element('p', { class: 'lead' }, view.lead),
    element('div', { class: 'error', role: 'alert', id: 'card-error' }),
    ...view.body.filter((part) => part !== undefined && part !== false),
  )
  if (!focus) return
  const target = card.querySelector<HTMLElement>('form input') ?? byId('card-title')
  target.focus()
}

/** Puts a code of the phone where the page asks for one. */
function useCode(code: string): void {
  const input = card.querySelector<HTMLInputElement>('input[autocomplete=one-time-code]')
  if (!input) return
  input.value = code
  input.focus()
}

function drawStories(): void {
  const links = STORIES.map(({ id, title }) => {
    const current = id === story.id ? 'true' : undefined
    return element('li', {}, element('a', { href: `#/${id}`, 'aria-current': current }, title))
  })
  byId('stories').replaceChildren(...links)
  // On a phone the list is longer than the screen is wide.
  byId('stories').querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
}

/** The pool that knew this browser, and its user, is gone. */
function forget(): void {
  device = undefined
  const { userPoolId } = poolOf(story)
  for (const key of Object.keys(localStorage)) if (key.includes(userPoolId)) localStorage.removeItem(key)
}

/** A story from its beginning, in a pool where no one has signed in yet. */
async function beginStory(): Promise<void> {
  visit++
  story = storyOf(location.hash.slice(2))
  setBusy(false)
  recorder.clear()
  diagram.clear()
  drawStories()
  forget()
  openStage().restart()
  await fetch(`/begin/${story.id}`, { method: 'POST' }).catch(() => undefined)
  await phone.reset()
}

// The address keeps the story: a hash of its own would take its place.
document.querySelector('.skip')?.addEventListener('click', (event) => {
  event.preventDefault()
  card.focus()
})
addEventListener('hashchange', () => void beginStory())
diagram.clear()
drawStories()
const stage = openStage()
show(BEGINNINGS[story.id]?.(stage) ?? signInView(stage), false)
void phone.look()
offerTrouble(
  () => story,
  () => void beginStory(),
)
