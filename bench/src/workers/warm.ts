// One contender, warm, in a process of its own: what another library does to the heap, or to the types that shared code
// has seen, is not this one's to pay for. The main process says when to sample.
import { ChallengeRing } from '../cognito/challenge.js'
import { contenderNamed } from '../cognito/contenders.js'
import { deviceTasks } from '../cognito/devices.js'
import { serverTasks } from '../cognito/servers.js'
import { latencyTask, signInTask } from '../cognito/tasks.js'
import { loginTask } from '../general/logins.js'
import { generalTask } from '../general/task.js'
import { type Task, taskSampler } from '../rounds.js'
import { answerQuestions } from './questions.js'
import type { Question, WarmRequest } from './sampler.js'

const CHALLENGES = 24

async function taskFor({ section, name, seed }: WarmRequest): Promise<Task | undefined> {
  switch (section) {
    case 'sign-in':
      return signInTask(name, await contenderNamed(name).load(), new ChallengeRing(CHALLENGES, seed))
    case 'latency':
      return latencyTask(name, await contenderNamed(name).load(), new ChallengeRing(CHALLENGES, seed))
    case 'devices':
      return (await deviceTasks([name]))[0]
    case 'servers':
      return (await serverTasks([name], seed))[0]
    case 'general':
      return generalTask(name)
    case 'logins':
      return loginTask(name)
  }
}

const request = JSON.parse(process.argv[2] ?? '') as WarmRequest
const sampler = taskFor(request).then((task) => {
  if (task === undefined) throw new RangeError(`nothing to measure is called ${request.name}`)
  return taskSampler(task, request.sampleMs)
})

answerQuestions(async (question: Question) => {
  const ready = await sampler
  return question === 'warm up' ? ready.warmUp() : ready.sample(question.sample)
})
