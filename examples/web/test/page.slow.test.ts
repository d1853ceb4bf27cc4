// The page in a real Chromium: one build, one server and one browser for all that is in browser/.
import { everybody } from './browser/everybody.js'
import { sessions } from './browser/sessions.js'
import { stories } from './browser/stories.js'
import { trouble } from './browser/trouble.js'
import { describeInChromium } from './support/scene.js'

describeInChromium('the sign-in page', (scene) => {
  stories(scene)
  sessions(scene)
  trouble(scene)
  everybody(scene)
})
