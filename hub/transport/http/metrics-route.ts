/** `GET /metrics`: for whoever shows the token; without one in the configuration the address does not exist. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { METRICS_TYPE } from '#hub/use-cases/care/tell-metrics.ts'

export const METRICS_PATH = '/metrics'

export type MetricsParts = { readonly token: string; readonly tell: () => string }

/** Whether it was answered; if not, the address is as unknown as any other. */
export const answerMetrics = (request: IncomingMessage, response: ServerResponse, metrics: MetricsParts | null): boolean => {
  if (!metrics || request.method !== 'GET' || !isToken(request.headers.authorization, metrics.token)) return false
  response.writeHead(200, { 'Content-Type': METRICS_TYPE, 'Cache-Control': 'no-store' }).end(metrics.tell())
  return true
}

/** In the same time for every wrong one. */
const isToken = (header: string | undefined, token: string): boolean => timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`))

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
