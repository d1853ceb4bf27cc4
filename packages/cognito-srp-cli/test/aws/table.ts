import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const guide = fileURLToPath(new URL('../../../../docs/cli-admin.md', import.meta.url))

/** The rows of the table in docs/cli-admin.md: options of `aws`, and what is said of ours. */
export function tableOfOptions(): { readonly options: readonly string[]; readonly ours: string }[] {
  const [, table = ''] =
    /^\| `aws cognito-idp admin-initiate-auth` .*\n.*\n((?:\|.*\n)+)/m.exec(readFileSync(guide, 'utf8')) ?? []
  return [...table.matchAll(/^\| (.*?) \| (.*) \|$/gm)].map(([, theirs = '', ours = '']) => ({
    options: theirs.match(/--[a-z-]+/g) ?? [],
    ours,
  }))
}
