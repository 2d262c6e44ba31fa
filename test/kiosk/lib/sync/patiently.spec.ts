import { describe, expect, it } from 'vitest'
import { BUSY_PAUSE_MS, patiently } from '#kiosk/lib/sync/patiently.ts'
import { err, ok } from '#shared/kernel/result.ts'
import type { CallError } from '#shared/protocol/calls.ts'

const asked = async (answers: readonly (CallError['code'] | number)[]) => {
  const left = [...answers]
  const pauses: number[] = []
  const reply = await patiently<number>(
    async () => {
      const next = left.shift()
      return typeof next === 'number' ? ok(next) : err({ code: next ?? 'failed' })
    },
    (delayMs, task) => {
      pauses.push(delayMs)
      queueMicrotask(task)
    },
  )
  return { reply, pauses, left }
}

describe('a question to a busy hub', () => {
  it('is put again a second later, until it is heard', async () => {
    expect(await asked(['busy', 'busy', 7])).toEqual({ reply: ok(7), pauses: [1000, 1000], left: [] })
    expect(BUSY_PAUSE_MS).toBe(1000)
  })
  it('is given up after the fourth time', async () => {
    expect(await asked(['busy', 'busy', 'busy', 'busy', 7])).toEqual({ reply: err({ code: 'busy' }), pauses: [1000, 1000, 1000], left: [7] })
  })
  it.each(['offline', 'timeout', 'auth', 'forbidden', 'bad_request', 'revoked', 'not_found', 'failed', 'person', 'fresh'] as const)('is put once where the answer is another: %s', async (code) => {
    expect(await asked([code, 7])).toEqual({ reply: err({ code }), pauses: [], left: [7] })
  })
})
