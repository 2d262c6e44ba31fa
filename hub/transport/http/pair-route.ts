/** `POST /api/pair` and `/api/pair-again`: the calls of whoever is no paired device yet, or no longer. */
import { PairAgainRequest, PairRequest, type PairAgainRefusal, type PairAgainReply, type PairRefusal, type PairReply } from '#shared/protocol/pairing.ts'
import type { PairAgainError } from '#hub/use-cases/pair-again.ts'
import type { PairDeviceError } from '#hub/use-cases/pair-device.ts'
import type { Result } from '#shared/kernel/result.ts'
import { route, type HttpReply, type Route } from './route.ts'

/** `perMinute`: tries per address; with five wrong tries per code nobody guesses 40 bits. */
export const pairRoute = (pair: (request: PairRequest) => Result<PairReply, PairDeviceError>, perMinute: number): Route => ({
  ...route({
    method: 'POST',
    path: '/api/pair',
    perMinute,
    schema: PairRequest,
    handler: (request) => {
      const paired = pair(request)
      return paired.ok ? { status: 200, body: paired.value } : refuse(paired.error)
    },
  }),
  limitCode: 'TooManyTries',
})

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

const refuse = (error: PairDeviceError): HttpReply => {
  const refusal: PairRefusal = { code: error.type === 'BadKey' ? 'bad_request' : error.type }
  const status = refusal.code === 'bad_request' ? 400 : refusal.code === 'TooManyTries' ? 429 : 403
  return { status, body: refusal }
}
