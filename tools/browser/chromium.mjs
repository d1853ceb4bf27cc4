// Finds a Chromium that is installed here, and starts it so that it asks no other machine for anything.
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

export const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const chromiumPath = (process.env.CHROMIUM ? [process.env.CHROMIUM] : PLACES).find((path) => existsSync(path))

export function launchChromium(executablePath) {
  return chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS })
}
