/** `POST /api/pair`: the one call that needs no paired device. */
import { PairRequest, type PairRefusal, type PairReply } from '#shared/protocol/pairing.ts'
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

const refuse = (error: PairDeviceError): HttpReply => {
  const refusal: PairRefusal = { code: error.type === 'BadKey' ? 'bad_request' : error.type }
  const status = refusal.code === 'bad_request' ? 400 : refusal.code === 'TooManyTries' ? 429 : 403
  return { status, body: refusal }
}
