/** Runs in a browser: the same taps out of memory through a bare socket, one batch at a time, each acknowledged when it is on disk. */
import { io } from 'socket.io-client'

const BATCH = 100

const drain = async (url: string, count: number): Promise<{ readonly ms: number }> => {
  const beganAt = Date.now() - count * 30_000
  const random = (): string => crypto.randomUUID()
  const taps = Array.from({ length: count }, (_, i) => ({ seq: i + 1, id: random(), t: 'feedback.answered', v: 1, at: beganAt + i * 30_000, off: 0, boot: 'bench', mono: i, sid: null, p: { response: `r-${random().slice(0, 16)}`, touchpoint: 'kiosk', survey: 'visit', question: 'mood', kind: 'csat5', value: 1 + (i % 5) } }))
  const socket = io(url, { transports: ['websocket'] })
  await new Promise((resolve) => socket.once('ready', resolve))
  const startedAt = performance.now()
  for (let from = 0; from < count; from += BATCH) await socket.emitWithAck('push', { ev: taps.slice(from, from + BATCH) })
  const ms = performance.now() - startedAt
  socket.disconnect()
  return { ms }
}

Object.assign(globalThis, { drain })
