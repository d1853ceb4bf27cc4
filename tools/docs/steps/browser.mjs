// docs/browser.md: what a person does at the page, in Chromium.
import { openPage } from '../chromium.mjs'

/** As it is now: a step of another page stands in for it meanwhile. */
const { fetch } = globalThis

const fill = (fields) =>
  Object.entries(fields)
    .map(([name, value]) => `document.querySelector('[name=${name}]').value = ${JSON.stringify(value)}`)
    .join(';')
const submit = (form) => `document.querySelector('#${form} button').click()`
const says = (text) => `document.querySelector('#status')?.textContent.includes(${JSON.stringify(text)})`

export default async function browser(page) {
  const tab = await openPage(page.local('http://localhost:4173/'))
  if (tab === undefined) {
    console.log('skipped: docs/browser.md in a browser, for there is no Chromium here')
    return
  }
  try {
    await tab.until(says('Ready.'))
    await tab.evaluate(`${fill({ username: 'grace', password: 'wrong' })};${submit('who')}`)
    await tab.until(says('Incorrect username or password.'))
    await tab.evaluate(`${fill({ username: 'grace', password: 'Correct-Horse-1' })};${submit('who')}`)
    await tab.until(says('We sent a code to +*******0123.'))
    const messages = await (await fetch(page.local('http://127.0.0.1:9229/outbox'))).json()
    await tab.evaluate(`${fill({ code: messages.at(-1).code })};${submit('answer')}`)
    await tab.until(says('Signed in. This device is confirmed.'))

    await tab.reload()
    await tab.until(says('Ready.'))
    await tab.evaluate(`${fill({ username: 'grace', password: 'Correct-Horse-1' })};${submit('who')}`)
    await tab.until(says('Signed in. This device is known.'))
  } finally {
    tab.close()
  }
}
