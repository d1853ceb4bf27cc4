// Shells of bare engines: one script, one line of JSON out of it.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { capture, reportIn } from '../processes.mjs'

export const shellHost =
  (args, kind = 'shell') =>
  async ({ program, folder, bundle, settings }) => {
    const script = await scriptOf(folder, await bundle(kind), { settings })
    return reportIn(await capture(program, [...args, script]))
  }

async function scriptOf(folder, path, host) {
  const script = join(folder, 'shell-script.js')
  writeFileSync(script, `var HOST = ${JSON.stringify(host)};\n${readFileSync(path, 'utf8')}`)
  return script
}

/** An engine that is a package of this Node: a small script of ours holds it. */
export const embeddedHost =
  (script, kind) =>
  async ({ modules, folder, bundle, pools, settings }) => {
    const code = await scriptOf(folder, await bundle(kind), { settings })
    const file = fileURLToPath(new URL(script, import.meta.url))
    return reportIn(
      await capture(process.execPath, [file, modules, code, JSON.stringify({ pools, settings, bare: true })]),
    )
  }
