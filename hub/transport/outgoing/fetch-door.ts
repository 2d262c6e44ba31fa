/** The way out to web shops by the runtime's own fetch: with a time, a size and a number of tries, and never to where a redirection leads. */
import { setTimeout as sleep } from 'node:timers/promises'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { HttpAnswer, HttpDoor, HttpQuestion, HttpRefusal } from '#hub/ports/http-door.ts'
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'

export type DoorLimits = {
  /** One try, its answer read to the end. */
  readonly timeoutMs: number
  /** A whole catalogue page of a large shop is some 2 MB. */
  readonly maxBytes: number
  /** Of a question that may be asked twice. */
  readonly tries: number
  /** Before the second try; doubled before each further one. */
  readonly waitMs: number
  /** A shop that says "later" is waited for no longer than this; who asks decides about the rest. */
  readonly maxWaitMs: number
}

export const DOOR_LIMITS: DoorLimits = { timeoutMs: 15_000, maxBytes: 16 * 1024 * 1024, tries: 3, waitMs: 300, maxWaitMs: 3000 }
/** Asked too often, and the shop does not say until when. */
const RETRY_AFTER_MS = 60_000

type Trouble = ShopTrouble | HttpRefusal

export const fetchDoor = (limits: DoorLimits = DOOR_LIMITS): HttpDoor => ({
  ask: async (question) => {
    let waitMs = limits.waitMs
    for (let left = question.repeatable ? limits.tries : 1; ; left--) {
      const answer = await askOnce(question, limits)
      if (answer.ok || left <= 1) return answer
      const pauseMs = pauseAfter(answer.error, waitMs)
      if (pauseMs === null || pauseMs > limits.maxWaitMs) return answer
      await sleep(pauseMs)
      waitMs *= 2
    }
  },
})

/** Null: asking again changes nothing. */
const pauseAfter = (trouble: Trouble, waitMs: number): number | null => {
  if (trouble.type === 'Unreachable') return waitMs
  return trouble.type === 'RateLimited' ? trouble.retryAfterMs : null
}

const askOnce = async ({ method, url, headers, body }: HttpQuestion, { timeoutMs, maxBytes }: DoorLimits): Promise<Result<HttpAnswer, Trouble>> => {
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const response = await fetch(url, { method, redirect: 'manual', signal, ...(headers && { headers }), ...(body !== undefined && { body }) })
    const text = await readText(response, maxBytes)
    if (text === null) return err({ type: 'Nonsense', why: `an answer of more than ${maxBytes} bytes` })
    return judge(response, text)
  } catch (error) {
    return err({ type: 'Unreachable', why: signal.aborted ? `no answer within ${timeoutMs} ms` : whyOf(error) })
  }
}

/** Null if it is larger; what is left of it is not fetched. */
const readText = async (response: Response, maxBytes: number): Promise<string | null> => {
  if (!response.body) return ''
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  // Leaving the loop ends the transfer.
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) return null
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

const judge = ({ status, headers }: Response, text: string): Result<HttpAnswer, Trouble> => {
  if (status === 401 || status === 403) return err({ type: 'Refused', why: `it answered ${status}` })
  if (status === 429) return err({ type: 'RateLimited', retryAfterMs: retryAfterOf(headers) })
  if (status >= 500) return err({ type: 'Unreachable', why: `it answered ${status}` })
  return status >= 400 ? err({ type: 'HttpRefusal', status, text }) : ok({ status, headers: Object.fromEntries(headers), text })
}

/** Seconds, or an instant that is compared with the shop's own clock. */
const retryAfterOf = (headers: Headers): number => {
  const said = headers.get('retry-after') ?? ''
  if (/^\d{1,6}$/.test(said)) return Number(said) * 1000
  const ms = Date.parse(said) - Date.parse(headers.get('date') ?? '')
  return ms > 0 ? ms : RETRY_AFTER_MS
}

/** The system's word, such as ECONNREFUSED; addresses stay out of logs. */
const whyOf = (error: unknown): string => {
  const cause = error instanceof Error ? error.cause : undefined
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : 'the connection failed'
}
