// A process of its own that finishes steps saved elsewhere: reads a job from stdin, prints what each answer led to.
import { text } from 'node:stream/consumers'
import { resume, type Step } from 'cognito-srp-flows'
import { fetchApi } from 'cognito-srp-flows/fetch'

export interface Job {
  readonly endpoint: string
  readonly userPoolId: string
  readonly clientId: string
  readonly steps: readonly { readonly saved: string; readonly args: readonly unknown[] }[]
}
export type Outcome = { readonly kind: string; readonly saved?: string; readonly accessToken?: string }

const job = JSON.parse(await text(process.stdin)) as Job
const client = { api: fetchApi({ endpoint: job.endpoint }), userPoolId: job.userPoolId, clientId: job.clientId }
const outcomes: Outcome[] = []
for (const { saved, args } of job.steps) {
  try {
    const { answer } = resume(client, saved)
    const step = await (answer as (...given: readonly unknown[]) => Promise<Step>)(...args)
    const { kind } = step
    outcomes.push(
      step.kind === 'signed-in' ? { kind, accessToken: step.tokens.accessToken } : { kind, saved: step.save() },
    )
  } catch (error) {
    outcomes.push({ kind: `failed: ${error}` })
  }
}
process.stdout.write(JSON.stringify(outcomes))
