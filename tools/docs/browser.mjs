// A page in Chromium for what the documents tell a person to do there.
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const PROGRAM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)

/** So that it asks no other machine for anything. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** @returns undefined where there is no Chromium; else Playwright's page at the address, and `close()` */
export async function openPage(url) {
  if (PROGRAM === undefined) return undefined
  const browser = await chromium.launch({ executablePath: PROGRAM, args: ARGUMENTS })
  const tab = await browser.newPage()
  await tab.goto(url)
  return { tab, close: () => browser.close() }
}
