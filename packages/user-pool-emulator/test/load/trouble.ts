import type { Handler } from 'cognito-user-pool-emulator'

/** The faults of the service and of the way to it. */
export interface Trouble {
  /** shares of the requests, from 0 to 1 */
  readonly throttled: number
  readonly dropped: number
  readonly answerLost: number
  readonly slow: number
  /** milliseconds that a slow reply takes longer, at most */
  readonly slowBy: number
}

export interface TroubleCount {
  requests: number
  throttled: number
  dropped: number
  answersLost: number
  slow: number
}

const cut = (): Error => Object.assign(new Error('cut'), { name: 'DroppedConnection' })

function throttled(): Response {
  const body = JSON.stringify({ __type: 'TooManyRequestsException', message: 'Rate exceeded' })
  return new Response(body, { status: 400, headers: { 'x-amzn-ErrorType': 'TooManyRequestsException:' } })
}

/** A pool that throttles, behind a bad line. Only the service's own calls are troubled. */
export function troubled(pool: Handler, trouble: Trouble): { handler: Handler; count: TroubleCount } {
  const { dropped, answerLost, slow, slowBy } = trouble
  const count = { requests: 0, throttled: 0, dropped: 0, answersLost: 0, slow: 0 }
  const handle = async (request: Request): Promise<Response> => {
    if (request.method !== 'POST') return pool.handle(request)
    count.requests++
    if (Math.random() < trouble.throttled) {
      count.throttled++
      return throttled()
    }
    if (Math.random() < dropped) {
      count.dropped++
      throw cut()
    }
    const response = await pool.handle(request)
    if (Math.random() < slow) {
      count.slow++
      await new Promise((done) => setTimeout(done, Math.random() * slowBy))
    }
    if (Math.random() < answerLost) {
      count.answersLost++
      throw cut()
    }
    return response
  }
  return { handler: { handle }, count }
}
