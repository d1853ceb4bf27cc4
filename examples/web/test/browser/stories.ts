// Every story from beginning to end in a real Chromium, as a visitor goes through it.
import { describe, expect, test } from 'vitest'
import type { Scene } from '../support/scene.js'
import type { Visit } from '../support/visit.js'
import { arrows, card, fill, focused, heading, press, signOut, total, useCode, walk } from '../support/walk.js'

/** Registers the tests. */
export const stories = (scene: () => Scene): void => {
  describe('the stories of the page', () => {
    const story = (id: string, steps: (visit: Visit) => Promise<void>, refusals = 0) => {
      const { browser, url } = scene()
      return walk(browser, url, id, { refusals }, steps)
    }

    test('a password, new tokens, and signing out', async () => {
      await story('password', async ({ page, bodies }) => {
        await press(page, 'Sign in')
        await heading(page, 'Hello, Ada')
        expect(await arrows(page)).toEqual(['InitiateAuth', 'PASSWORD_VERIFIER', 'RespondToAuthChallenge', 'Tokens'])
        expect(await total(page, 'password')).toBe('never')
        expect(Number.parseFloat((await total(page, 'arithmetic')) ?? '')).toBeGreaterThan(0.5)
        expect(await total(page, 'requests')).toBe(String(bodies.length))
        const kept = await page.locator('.kept .name').allTextContents()
        expect(kept).toEqual(['a', 'password', 'x', 'S', 'key'])
        for (const mark of await page.locator('.kept .mark').allTextContents())
          expect(mark).toMatch(/^[\da-f]{4} [\da-f]{4}$/)
        await press(page, 'Get new tokens')
        await page.getByText('has fetched new tokens').waitFor()
        await signOut(page)
        expect((await arrows(page)).slice(4)).toEqual(['GetTokensFromRefreshToken', 'Tokens', 'RevokeToken', 'Done'])
      })
    })

    test('a code by SMS, from the phone', async () => {
      await story('sms', async ({ page }) => {
        await press(page, 'Sign in')
        await heading(page, 'Enter the code')
        await card(page).getByText('a text message to +*******0100').waitFor()
        await useCode(page)
        await heading(page, 'Hello, Grace')
      })
    })

    test('a wrong code, then the right one', async () => {
      const steps = async ({ page }: Visit) => {
        await press(page, 'Sign in')
        await fill(page, 'Code', '12')
        await press(page, 'Continue')
        await page.getByText('That code is not right').waitFor()
        expect(await focused(page)).toBe('field-code')
        await useCode(page)
        await heading(page, 'Hello, Alan')
      }
      await story('totp', steps, 1)
    })

    test('an authenticator is set up from the QR code', async () => {
      await story('set-up', async ({ page }) => {
        await press(page, 'Sign in')
        await heading(page, 'Set up your authenticator')
        const qr = card(page).getByAltText(/^QR code/)
        expect(await qr.evaluate((image: { naturalWidth: number }) => image.naturalWidth)).toBeGreaterThan(100)
        await press(page, 'Scan it')
        await useCode(page)
        await heading(page, 'Hello, Joan')
        // From now on the pool asks for a code.
        await signOut(page)
        await press(page, 'Sign in')
        await heading(page, 'Enter the code')
        await useCode(page)
        await heading(page, 'Hello, Joan')
      })
    })

    test('a new password: the page says that it travels', async () => {
      const steps = async ({ page, bodies }: Visit) => {
        await press(page, 'Sign in')
        await heading(page, 'Choose a new password')
        await fill(page, 'New password', 'short')
        await fill(page, 'Your name', 'Mary')
        await press(page, 'Save and sign in')
        await page.getByText('That password is too simple').waitFor()
        await fill(page, 'New password', 'Better-9-"Quoted"-Password')
        await press(page, 'Save and sign in')
        await heading(page, 'Hello, Mary')
        expect(await total(page, 'password')).toBe('2 times')
        // The search for passwords does see what is sent.
        expect(bodies.filter((body) => body.includes('Better-9-'))).toHaveLength(1)
        await signOut(page)
        await fill(page, 'Password', 'Better-9-"Quoted"-Password')
        await press(page, 'Sign in')
        await heading(page, 'Hello, Mary')
        expect(await total(page, 'password')).toBe('never')
      }
      await story('first', steps, 1)
    })

    test('one of several second factors', async () => {
      await story('several', async ({ page }) => {
        await press(page, 'Sign in')
        await heading(page, 'Choose a second factor')
        await press(page, 'Code by e-mail')
        await page.getByText('E-mail to barbara@example.com').waitFor()
        await page.locator('.bubble', { hasText: 'E-mail to' }).getByRole('button').click()
        await press(page, 'Continue')
        await heading(page, 'Hello, Barbara')
      })
    })

    test('a remembered device signs in without a code', async () => {
      await story('device', async ({ page }) => {
        await press(page, 'Sign in')
        await heading(page, 'Enter the code')
        await useCode(page)
        await press(page, 'Trust it')
        await page.getByText('This browser is trusted').waitFor()
        await signOut(page)
        await press(page, 'Sign in')
        await page.getByText('This browser proved itself').waitFor()
        expect(await arrows(page)).toEqual([
          'InitiateAuth',
          'PASSWORD_VERIFIER',
          'RespondToAuthChallenge',
          'DEVICE_SRP_AUTH',
          'RespondToAuthChallenge',
          'DEVICE_PASSWORD_VERIFIER',
          'RespondToAuthChallenge',
          'Tokens',
        ])
        await press(page, 'Forget this browser')
        await page.getByText('This browser is forgotten').waitFor()
        await signOut(page)
        await press(page, 'Sign in')
        await heading(page, 'Enter the code')
      })
    })

    test('a passkey is made, and signs in without a password', async () => {
      const steps = async ({ page, bodies }: Visit) => {
        const devtools = await page.context().newCDPSession(page)
        await devtools.send('WebAuthn.enable')
        await devtools.send('WebAuthn.addVirtualAuthenticator', {
          options: {
            protocol: 'ctap2',
            transport: 'internal',
            hasResidentKey: true,
            hasUserVerification: true,
            isUserVerified: true,
            automaticPresenceSimulation: true,
          },
        })
        await press(page, 'Sign in')
        await heading(page, 'Hello, Hedy')
        await press(page, 'Create a passkey')
        await page.getByText('Your passkey is ready').waitFor()
        await signOut(page)
        const before = bodies.length
        await press(page, 'Sign in with a passkey')
        await heading(page, 'Hello, Hedy')
        expect(await arrows(page)).toEqual(['InitiateAuth', 'WEB_AUTHN', 'RespondToAuthChallenge', 'Tokens'])
        expect(bodies.slice(before).join()).not.toContain('SRP_A')
        // Without a password there is no arithmetic of ours.
        expect(await total(page, 'arithmetic')).toBe('0.0 ms')
      }
      await story('passkey', steps)
    })

    test('the pool says which ways in there are', async () => {
      await story('choice', async ({ page }) => {
        await press(page, 'Continue')
        await heading(page, 'How do you want to sign in?')
        const ways = card(page).getByRole('button')
        expect(await ways.allTextContents()).toEqual(['Password', 'Code by e-mail', 'Code by text message'])
        await press(page, 'Password')
        await press(page, 'Sign in')
        await heading(page, 'Hello, Edith')
        await press(page, 'Sign out')
        await press(page, 'Continue')
        await press(page, 'Code by text message')
        await useCode(page)
        await heading(page, 'Hello, Edith')
      })
    })

    test('a question of the pool’s own', async () => {
      await story('custom', async ({ page }) => {
        await press(page, 'Sign in')
        await card(page).getByText('What is six times seven?').waitFor()
        await fill(page, 'Answer', '41')
        await press(page, 'Continue')
        await page.locator('.message.came').nth(2).waitFor()
        await fill(page, 'Answer', '42')
        await press(page, 'Continue')
        await heading(page, 'Hello, Radia')
      })
    })
  })
}
