import { defineConfig } from 'tsup'
import { library } from '../../tsup.base.js'

export default defineConfig(library(['index', 'lean', 'sdk', 'fetch', 'session/index', 'account/index']))
