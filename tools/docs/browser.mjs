// A page in Chromium for what the documents tell a person to do there.
import { chromiumPath, launchChromium } from '../browser/chromium.mjs'

/** @returns undefined where there is no Chromium; else Playwright's page at the address, and `close()` */
export async function openPage(url) {
  if (chromiumPath === undefined) return undefined
  const browser = await launchChromium(chromiumPath)
  const tab = await browser.newPage()
  await tab.goto(url)
  return { tab, close: () => browser.close() }
}
