/** `POST /api/pair`, what follows it, and `/api/pair-again`: the calls of whoever is no paired device yet, or no longer. */
import { PairAgainRequest, PairAnswerRequest, PairRequest, PairWaitRequest, type PairAgainRefusal, type PairAgainReply, type PairRefusal } from '#shared/protocol/pairing.ts'
import type { PairAgainError } from '#hub/use-cases/devices/pair-again.ts'
import type { PairDeviceError, PairOutcome, WaitOutcome } from '#hub/use-cases/devices/pair-device.ts'
import type { WaitRefused } from '#shared/devices/asked-pairing.ts'
import type { Result } from '#shared/kernel/result.ts'
import { route, type HttpReply, type Route } from './route.ts'

/** A device asks once a second what became of it; nobody guesses the 256 bits that it asks with. */
const WAITS_PER_MINUTE = 600

export type PairHandlers = {
  pair(request: PairRequest): Result<PairOutcome, PairDeviceError>
  wait(request: PairWaitRequest): Result<WaitOutcome, WaitRefused>
  answer(request: PairAnswerRequest): Result<WaitOutcome, WaitRefused | { readonly type: 'KeyWrong' }>
}

/** `perMinute`: tries per address; with five wrong tries per code nobody guesses 40 bits, nor what the console shows. */
export const pairRoutes = ({ pair, wait, answer }: PairHandlers, perMinute: number): readonly Route[] => [
  { ...route({ method: 'POST', path: '/api/pair', perMinute, schema: PairRequest, handler: (request) => replyWith(pair(request)) }), limitCode: 'TooManyTries' },
  route({ method: 'POST', path: '/api/pair/wait', perMinute: WAITS_PER_MINUTE, schema: PairWaitRequest, handler: (request) => replyWith(wait(request)) }),
  { ...route({ method: 'POST', path: '/api/pair/answer', perMinute, schema: PairAnswerRequest, handler: (request) => replyWith(answer(request)) }), limitCode: 'TooManyTries' },
]

export const pairAgainRoute = (pair: (request: PairAgainRequest) => Result<PairAgainReply, PairAgainError>, perMinute: number): Route => ({
  ...route({
    method: 'POST',
    path: '/api/pair-again',
    perMinute,
    schema: PairAgainRequest,
    handler: (request) => {
      const paired = pair(request)
      if (paired.ok) return { status: 200, body: paired.value }
      return { status: paired.error.type === 'InUse' ? 409 : 403, body: { code: paired.error.type } satisfies PairAgainRefusal }
    },
  }),
  limitCode: 'TooManyTries',
})

const replyWith = (outcome: Result<PairOutcome | WaitOutcome, PairDeviceError | WaitRefused | { readonly type: 'KeyWrong' }>): HttpReply => {
  if (outcome.ok) return { status: outcome.value.type === 'in' ? 200 : 202, body: outcome.value.reply }
  const refusal: PairRefusal = { code: outcome.error.type === 'BadKey' ? 'bad_request' : outcome.error.type }
  const status = refusal.code === 'bad_request' ? 400 : refusal.code === 'TooManyTries' ? 429 : 403
  return { status, body: refusal }
}
