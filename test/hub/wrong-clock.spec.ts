import { afterEach, expect, it } from 'vitest'
import { millis } from '#shared/kernel/time.ts'
import { batch, connect, eventId, pairTestDevice, startTestHub, type TestHub } from './test-hub.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const hubAt = async (folder: string | undefined, now: number): Promise<TestHub> => {
  const hub = await startTestHub({ ...(folder !== undefined && { folder }), deps: { clock: { now: () => millis(now) } } })
  closers.push(() => hub.remove().catch(() => undefined)) // stopped already
  return hub
}

it('a hub whose clock stands before its own first release starts, publishes nothing, and takes what devices say', async () => {
  const today = await hubAt(undefined, Date.parse('2026-11-22T09:00:00+01:00'))
  const device = await pairTestDevice(today.url, today.pairingCode!, 'kiosk')
  await today.stop()
  const early = await hubAt(today.folder, Date.parse('1970-01-01T00:01:00Z'))
  const link = await connect(early.url, device)
  expect(await link.ask('push', batch([eventId(1), eventId(2)]))).toMatchObject({ upto: 2, hw: 2 })
  link.close()
  expect(early.lines.filter(({ what }) => what === 'release published')).toEqual([])
})
