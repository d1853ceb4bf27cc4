// One section of the measurement, warm: every contender in this one process, in interleaved rounds.
import { ChallengeRing } from '../cognito/challenge.js'
import { contenderNamed } from '../cognito/contenders.js'
import { deviceTasks } from '../cognito/devices.js'
import { serverTasks } from '../cognito/servers.js'
import { latencyTask, signInTask } from '../cognito/tasks.js'
import { generalTask } from '../general/task.js'
import { measureRounds, type Task } from '../rounds.js'
import { sendProgress, serve, type WarmRequest, type WarmResult } from './protocol.js'

const CHALLENGES = 24

async function tasksFor(request: WarmRequest): Promise<Task[]> {
  const tasks: Task[] = []
  switch (request.section) {
    case 'sign-in':
    case 'latency': {
      const ring = new ChallengeRing(CHALLENGES, request.seed)
      const task = request.section === 'latency' ? latencyTask : signInTask
      for (const name of request.names) tasks.push(task(name, await contenderNamed(name).load(), ring))
      return tasks
    }
    case 'devices':
      return deviceTasks(request.names)
    case 'servers':
      return serverTasks(request.names, request.seed)
    case 'general':
      for (const name of request.names) tasks.push(await generalTask(name))
      return tasks
  }
}

await serve(async (request: WarmRequest): Promise<WarmResult> => {
  const { rounds, sampleMs, seed } = request
  const measured = await measureRounds(await tasksFor(request), { rounds, sampleMs, seed, progress: sendProgress })
  return Object.fromEntries(measured)
})
