// Node, Bun and Deno: the installed packages themselves, imported by the runtime's own resolution.
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { capture, reportIn } from '../processes.mjs'

export const nodeHost =
  (args, options = {}) =>
  async ({ program, folder, bundle, pools, settings }) => {
    const script = join(folder, 'suite.mjs')
    copyFileSync(await bundle('node'), script)
    const host = JSON.stringify({ pools, settings, ...options })
    const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', DENO_NO_UPDATE_CHECK: '1' }
    return reportIn(await capture(program, [...args, script, host], { cwd: folder, env }))
  }
