/** What a machine that watches the hub is told, put together on each question. */
import { healthParts } from './answer-devices.ts'
import type { AnswerParts } from './answer-parts.ts'
import type { Config } from './config.ts'
import type { MetricsParts } from './transport/http/metrics-route.ts'
import { ownProcess } from './transport/load/own-process.ts'
import { hubHealth } from './use-cases/care/hub-health.ts'
import { listDevices } from './use-cases/devices/list-devices.ts'
import { tellMetrics } from './use-cases/care/tell-metrics.ts'

export type OpenMetrics = { readonly route: MetricsParts | null; stop(): void }

export const openMetrics = ({ metricsToken }: Config, parts: AnswerParts, violations: () => number): OpenMetrics => {
  if (metricsToken === undefined) return { route: null, stop: () => undefined }
  const process = ownProcess()
  const health = hubHealth(healthParts(parts))
  const devices = listDevices({ ...parts.data, isOnline: parts.sockets.isOnline })
  return {
    route: { token: metricsToken, tell: () => tellMetrics({ health: health(), devices: devices(), process: process.facts(), certificateEndsAt: parts.certificateEndsAt(), violations: violations() }) },
    stop: () => process.stop(),
  }
}
