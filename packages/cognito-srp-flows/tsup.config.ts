import { defineConfig } from 'tsup'
import { library } from '../../tsup.base.js'

export default defineConfig(await library(['index', 'lean', 'sdk', 'fetch', 'session/index', 'account/index']))
