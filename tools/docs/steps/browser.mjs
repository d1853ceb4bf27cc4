// docs/browser.md: what a person does at the page, in Chromium.
import { openPage } from '../browser.mjs'

/** As it is now: a step of another page stands in for it meanwhile. */
const { fetch } = globalThis

export default async function browser(page) {
  const opened = await openPage(page.local('http://localhost:4173/'))
  if (opened === undefined) {
    console.log('skipped: docs/browser.md in a browser, for there is no Chromium here')
    return
  }
  const { tab, close } = opened
  const says = (text) => tab.locator('#status', { hasText: text }).waitFor()
  const submit = async (form, fields) => {
    for (const [name, value] of Object.entries(fields)) await tab.fill(`[name=${name}]`, value)
    await tab.click(`#${form} button`)
  }
  try {
    await says('Ready.')
    await submit('who', { username: 'grace', password: 'wrong' })
    await says('Incorrect username or password.')
    await submit('who', { username: 'grace', password: 'Correct-Horse-1' })
    await says('We sent a code to +*******0123.')
    const messages = await (await fetch(page.local('http://127.0.0.1:9229/outbox'))).json()
    await submit('answer', { code: messages.at(-1).code })
    await says('Signed in. This device is confirmed.')

    await tab.reload()
    await says('Ready.')
    await submit('who', { username: 'grace', password: 'Correct-Horse-1' })
    await says('Signed in. This device is known.')
  } finally {
    await close()
  }
}
