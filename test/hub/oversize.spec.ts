import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { batch, connect, eventId, pairTestDevice, signIn, startTestHub, type Link, type TestDevice, type TestHub } from './test-hub.ts'

let hub: TestHub
let [bad, good]: TestDevice[] = []
let other: Link
let said = 0

beforeAll(async () => {
  hub = await startTestHub()
  bad = await pairTestDevice(hub.url, hub.pairingCode!, 'kiosk', 'Bad')
  good = await pairTestDevice(hub.url, hub.pairingCode!, 'kiosk', 'Good')
  other = await connect(hub.url, good)
})
afterAll(async () => {
  other.close()
  await hub.remove()
})

/** A frame as no client of ours would write it, over a connection whose device has proven itself. */
const sendRaw = (link: Link, frame: string): void => void link.socket.io.engine.write(frame)

/** What the hub answered to the acknowledgement of this number, or that it hung up. */
const answerOrEnd = (link: Link, id: number): Promise<string> =>
  new Promise((resolve) => {
    link.socket.once('disconnect', () => resolve('closed'))
    link.socket.io.engine.on('message', (text: unknown) => {
      if (typeof text === 'string' && text.startsWith(`3${id}[`)) resolve(text.slice(`3${id}`.length))
    })
  })

/** The other device goes on as if nothing were. */
const servesOthers = async (): Promise<void> => {
  said += 1
  const ep = said.toString(16).padStart(16, '0')
  expect(await other.ask('push', batch([eventId(said)], { ep }))).toMatchObject({ upto: 1, hw: 1 })
}

const list = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
const object = (depth: number): string => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth)

describe('too much of something', () => {
  for (const [what, payload] of [
    ['45,000 lists in each other', list(45_000)],
    ['45,000 objects in each other', object(45_000)],
    ['a batch with an event of 45,000 levels', `{"pv":1,"ep":"${'e'.repeat(16)}","prev":"0000000000000000","ev":[${object(45_000)}]}`],
    ['51,000 names', JSON.stringify(Object.fromEntries(Array.from({ length: 51_000 }, (_, i) => [`k${i.toString(36)}`, 0])))],
  ] as const) {
    it(`is refused by a clear code: ${what}`, async () => {
      const link = await connect(hub.url, bad!)
      const answer = answerOrEnd(link, 77)
      sendRaw(link, `277["push",${payload}]`)
      expect(await answer).toBe('[{"code":"bad_request"}]')
      await servesOthers()
      link.close()
    })
  }

  for (const [what, frame] of [
    ['a million announced attachments', '51000000-77["push",{"_placeholder":true,"num":0}]'],
    ['an attachment that never comes, and then text', '51-77["push",{"_placeholder":true,"num":0}]\u0000'],
    ['JSON that ends in the middle', '277["push",{"pv":1'],
    ['600 kB in one frame', `277["report",{"app":"${'x'.repeat(600_000)}"}]`],
  ] as const) {
    it(`ends that connection alone: ${what}`, async () => {
      const link = await connect(hub.url, bad!)
      const answer = answerOrEnd(link, 77)
      sendRaw(link, frame)
      sendRaw(link, '278["time",{}]')
      expect(await answer).toBe('closed')
      await servesOthers()
    })
  }

  it('as a body of 10 MB over HTTP is refused before it is read', async () => {
    const sent = fetch(`${hub.url}/api/pair`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code: 'x'.repeat(10_000_000) }) })
    expect(await sent.then(({ status }) => status, () => 413)).toBe(413)
    await servesOthers()
  })

  it('has changed nothing: the hub holds what the other device said, and no handler threw', async () => {
    const manager = await connect(hub.url, await pairTestDevice(hub.url, hub.setupCode!, 'manager'))
    await signIn(hub, manager)
    expect(await manager.ask('hub.health', {})).toMatchObject({ ok: true, value: { stored: said, parked: 0, quarantined: 0 } })
    expect(hub.lines.filter(({ level }) => level === 'error')).toEqual([])
    manager.close()
  })
})
