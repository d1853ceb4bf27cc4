// The command line from its tarball: started by npx in a folder that has nothing else, against the emulator from its own.
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runProgram } from '../workspace/program.mjs'
import { manifestOf } from './pack.mjs'

const NAME = 'cognito-srp-cli'
const COMMAND = 'cognito-srp'
const password = 'Correct-Horse-7'

/** @returns {Promise<string[]>} what is wrong with the command of an unpacked package */
export async function commandLineProblems(folder) {
  const problems = []
  const { bin, version } = manifestOf(folder, NAME)
  const file = join(folder, 'node_modules', NAME, bin[COMMAND])
  if (!readFileSync(file, 'utf8').startsWith('#!/usr/bin/env node\n'))
    problems.push(`${bin[COMMAND]} does not begin as a script`)
  if (process.platform !== 'win32' && !(statSync(file).mode & 0o111))
    problems.push(`${bin[COMMAND]} is not executable in the tarball`)

  // As npm does with the bin of a package.
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true })
  symlinkSync(`../${NAME}/${bin[COMMAND].replace('./', '')}`, join(folder, 'node_modules/.bin', COMMAND))
  chmodSync(file, 0o755)
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')

  const emulator = createRequire(pathToFileURL(join(folder, 'x.js')))('cognito-user-pool-emulator')
  const id = 'us-east-1_Example12'
  const users = [{ username: 'ada', password, attributes: {} }]
  const server = await emulator.serve(emulator.createUserPool({ id, clients: [{ clientId: 'client' }], users }))
  const where = ['-p', id, '-c', 'client', '--endpoint', server.url]
  const cases = [
    [['--version'], new RegExp(`^${version.replaceAll('.', '\\.')}\n$`)],
    [['help', 'sign-in'], /--user-pool-id/],
    [['sign-in', 'ada', ...where, '--password-stdin', '--header'], /^Authorization: Bearer eyJ[\w.-]+\n$/],
    // Kept by the first, printed by the second: what is kept is the library's.
    [['token', 'ada', ...where, '--password-stdin'], /^eyJ[\w.-]+\n$/],
    [['token'], /^eyJ[\w.-]+\n$/],
    [['doctor', ...where], /^USER_SRP_AUTH {7}allowed$/m],
  ]
  for (const [args, expected] of cases) {
    const { code, stdout, stderr } = await npx(folder, args)
    if (code !== 0 || !expected.test(stdout))
      problems.push(`npx ${COMMAND} ${args[0]} ends with ${code}: ${stdout}${stderr}`)
  }
  await server.close()
  return problems
}

function npx(cwd, args) {
  const command = process.platform === 'win32' ? 'npx.cmd' : 'npx'
  const options = { cwd, env: { ...process.env, HOME: cwd }, stdin: `${password}\n` }
  return runProgram(command, ['--no', '--', COMMAND, ...args], options)
}
