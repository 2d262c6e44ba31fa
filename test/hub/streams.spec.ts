import { createCipheriv, createECDH, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Hints } from '#shared/protocol/calls.ts'
import { NO_CHAIN } from '#shared/sync/chain.ts'
import type { DocumentOp, Documents } from '#shared/sync/release.ts'
import { applyOps, releaseHash } from '#shared/sync/release-hash.ts'
import { batch, chainOf, connect, eventId, pairTestDevice, signIn, startTestHub, type Link, type TestDevice, type TestHub } from './test-hub.ts'

let hub: TestHub
let kiosk: TestDevice
let link: Link
let manager: Link

beforeAll(async () => {
  hub = await startTestHub()
  kiosk = await pairTestDevice(hub.url, hub.pairingCode!, 'kiosk', 'Terminal 1')
  link = await connect(hub.url, kiosk)
  manager = await connect(hub.url, await pairTestDevice(hub.url, hub.setupCode!, 'manager'))
  await signIn(hub, manager)
})
afterAll(async () => {
  link.close()
  manager.close()
  await hub.remove()
})

const hello = (over: object = {}) => ({ pv: 1, n: 1, ep: 'a'.repeat(16), next: 1, queued: 3, ack: 0, boot: 'b', app: '1.0', releaseHash: null, now: Date.now(), ...over })

/** As a device seals: only the hub's key opens it. */
const seal = (hubKey: string, secret: unknown): string => {
  const ephemeral = createECDH('prime256v1')
  const point = ephemeral.generateKeys()
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', ephemeral.computeSecret(Buffer.from(hubKey, 'base64url')), iv)
  const text = Buffer.concat([cipher.update(JSON.stringify(secret), 'utf8'), cipher.final()])
  return Buffer.concat([point, iv, text, cipher.getAuthTag()]).toString('base64url')
}

type Ack = { readonly upto: number; readonly hw: number; readonly notes?: unknown; readonly code?: string; readonly hubEpoch: string }

describe('the event stream', () => {
  const ids = [eventId(1), eventId(2), eventId(3)]
  const ep = 'a'.repeat(16)

  it('begins at nothing', async () => {
    expect(await link.ask('hello', hello())).toMatchObject({ n: 1, hubEpoch: hub.hubEpoch, hw: 0, hc: NO_CHAIN, safe: 0, min: 1, max: 5, publisher: { key: kiosk.publisher.key, store: 'lindenkorb' } })
  })
  it('stores a batch, and the same batch again as nothing new', async () => {
    expect(await link.ask('push', batch(ids, { ep }))).toMatchObject({ upto: 3, hw: 3, hubEpoch: hub.hubEpoch })
    expect(await link.ask('push', batch(ids, { ep }))).toMatchObject({ upto: 3, hw: 3 })
    expect(await link.ask('hello', hello())).toMatchObject({ hw: 3, hc: chainOf(ids) })
  })
  it('notices a gap, and a history that is not its own', async () => {
    expect(await link.ask('push', batch([eventId(9)], { ep, from: 9, prev: chainOf(ids) }))).toEqual({ code: 'gap', hw: 3 })
    expect(await link.ask('push', batch([eventId(77)], { ep, from: 4, prev: NO_CHAIN }))).toEqual({ code: 'fork', at: 4 })
    expect(await link.ask('push', batch([eventId(77)], { ep, from: 1 }))).toEqual({ code: 'fork', at: 1 })
  })
  it('takes an id of another epoch only once', async () => {
    const ack = (await link.ask('push', batch(ids, { ep: 'b'.repeat(16) }))) as Ack
    expect(ack).toMatchObject({ upto: 3, notes: [{ seq: 1, code: 'dup' }, { seq: 2, code: 'dup' }, { seq: 3, code: 'dup' }] })
  })
  it('parks what is newer than the hub, and keeps in quarantine what is broken; both are acknowledged', async () => {
    const next = { ep: 'c'.repeat(16) }
    expect(await link.ask('push', batch([eventId(11)], { ...next, t: 'shelf.scanned' }))).toMatchObject({ upto: 1, notes: [{ seq: 1, code: 'parked' }] })
    const broken = batch([eventId(12)], { ...next, from: 2, prev: chainOf([eventId(11)]), t: 'feedback.answered', p: { kind: 'nps', value: 99 } })
    expect(await link.ask('push', broken)).toMatchObject({ upto: 2, notes: [{ seq: 2, code: 'quarantined' }] })
    const noEvent = { ...batch([], next), prev: chainOf([eventId(11), eventId(12)]), ev: [{ seq: 3, id: 'not-a-uuid', hello: 'world' }] }
    expect(await link.ask('push', noEvent)).toMatchObject({ upto: 3, notes: [{ seq: 3, code: 'quarantined' }] })
  })
  it('takes the answers of many devices at once', async () => {
    const pushes = Array.from({ length: 40 }, (_, i) => link.ask('push', batch([eventId(1000 + i)], { ep: i.toString(16).padStart(16, '0') })))
    const acks = (await Promise.all(pushes)) as Ack[]
    expect(acks.map(({ upto }) => upto)).toEqual(Array.from({ length: 40 }, () => 1))
  })
  it('opens what was sealed to the hub, and shows feedback to the manager who watches, once', async () => {
    const place = { response: 'r-1', touchpoint: 'kiosk', survey: 'store-visit', question: 'comment' }
    await manager.ask('feedback.watch', {})
    const seen: Hints['feedback'][] = []
    const first = new Promise<void>((resolve) => {
      manager.socket.on('feedback', (items: Hints['feedback']) => {
        seen.push(items)
        resolve()
      })
    })
    const push = batch([eventId(50)], { ep: 'd'.repeat(16), t: 'feedback.commented', p: place })
    Object.assign(push.ev[0]!, { x: seal(kiosk.hubKey, { text: 'Die Tomaten waren frisch' }) })
    expect(await link.ask('push', push)).toMatchObject({ upto: 1 })
    expect(await link.ask('push', push)).toMatchObject({ upto: 1 })
    await first
    expect(seen.flat()).toMatchObject([{ response: 'r-1', kind: 'text', value: 'Die Tomaten waren frisch', dev: kiosk.dev }])
    const listed = (await manager.ask('feedback.list', { limit: 10 })) as { value: { response: string }[] }
    expect(listed.value.filter(({ response }) => response === 'r-1')).toHaveLength(1)
  })
  it('keeps what was sealed to another hub in quarantine', async () => {
    const stranger = createECDH('prime256v1')
    const push = batch([eventId(51)], { ep: 'd'.repeat(16), from: 2, prev: chainOf([eventId(50)]), t: 'feedback.commented', p: { response: 'r', touchpoint: 'kiosk', survey: 's', question: 'q' } })
    Object.assign(push.ev[0]!, { x: seal(stranger.generateKeys('base64url'), { text: 'x' }) })
    expect(await link.ask('push', push)).toMatchObject({ upto: 2, notes: [{ seq: 2, code: 'quarantined' }] })
  })
})

describe('the document stream', () => {
  type Reply = { type: string; head: { rev: number; hash: string }; parts: number; index: number; items: [string, never][]; ops: DocumentOp[]; fromHash: string }
  const pull = async (request: object): Promise<Reply> => (await link.ask('pull', { pv: 1, ...request })) as Reply

  const snapshot = async (): Promise<{ head: Reply['head']; items: Documents }> => {
    const first = await pull({ have: null })
    const all = [...first.items]
    for (let index = 1; index < first.parts; index++) all.push(...(await pull({ have: null, part: { hash: first.head.hash, index } })).items)
    return { head: first.head, items: Object.fromEntries(all) }
  }

  /** Every article found by one word more. */
  const renamed = (items: Documents): Documents =>
    Object.fromEntries(Object.entries(items).map(([id, body]) => [id, id.startsWith('product/') ? { ...(body as object), synonyms: ['neu'] } : body]))

  it('gives a new device the whole release, a device that has it nothing, and one that lags the difference', async () => {
    const whole = await snapshot()
    expect(releaseHash(whole.items)).toBe(whole.head.hash)
    const { rev, hash } = whole.head
    expect(await pull({ have: { rev, hash } })).toMatchObject({ type: 'same', head: whole.head })

    const hinted = new Promise((resolve) => link.socket.once('release', resolve))
    const next = renamed(whole.items)
    const published = hub.publish(next)
    expect(published).toMatchObject({ ok: true, value: { rev: whole.head.rev + 1 } })
    const newHash = published.ok ? published.value.hash : ''
    expect(await hinted).toEqual({ rev: whole.head.rev + 1, hash: newHash })

    const lagging = await pull({ have: { rev, hash } })
    const now = lagging.type === 'delta' ? applyOps(whole.items, lagging.ops) : (await snapshot()).items
    expect(releaseHash(now)).toBe(newHash)
    // The hub adds what it has recorded of prices, and nothing else.
    expect(Object.keys(now).filter((id) => !(id in next)).every((id) => id.startsWith('prices/'))).toBe(true)
    expect(Object.keys(next).filter((id) => !(id in now))).toEqual([])
  })
  it('answers an unknown release with the whole one', async () => {
    expect(await pull({ have: { rev: 1, hash: 'f'.repeat(64) } })).toMatchObject({ type: 'snapshot', index: 0 })
  })
  it('publishes the same documents once, and damaged ones not at all', async () => {
    const next = renamed((await snapshot()).items)
    const again = hub.publish(next)
    expect(again.ok && again.value.rev).toBe(2)
    expect(hub.publish({ ...next, 'product/broken': { sku: 'broken' } })).toMatchObject({ ok: false, error: { type: 'ReleaseDamaged' } })
  })
  it('publishes a release with an offer that it does not understand: logged with path and reason, sent as it is, and the rest goes on', async () => {
    const current = (await snapshot()).items
    const broken = { ...current, 'offer/juice-20': { offer: { id: 'juice-20', effects: [{ type: 'moonlight' }] } } }
    expect(hub.publish(broken)).toMatchObject({ ok: true, value: { rev: 3 } })
    expect(hub.lines.filter(({ what }) => what === 'offer refused, shown as one that cannot be computed').map(({ level, facts }) => [level, facts['id'], facts['reason']])).toEqual([['warn', 'offer/juice-20', expect.stringContaining('offer.effects.0.type')]])
    expect((await snapshot()).items['offer/juice-20']).toEqual(broken['offer/juice-20'])
    expect(hub.publish(current)).toMatchObject({ ok: true, value: { rev: 4 } })
  })
})

describe('devices as staff see them', () => {
  it('with what they said last, and whether they are there', async () => {
    await link.ask('report', { app: '2.0', releaseHash: 'a'.repeat(64), queued: 4, clockOffsetMs: -12 })
    const list = async (): Promise<readonly Record<string, unknown>[]> => ((await manager.ask('devices.list', {})) as { value: Record<string, unknown>[] }).value
    const mine = (await list()).find(({ dev }) => dev === kiosk.dev)
    expect(mine).toMatchObject({ name: 'Terminal 1', role: 'kiosk', touchpoint: 'kiosk', online: true, waiting: 4, app: '2.0', clockOffsetMs: -12, revoked: false })
    expect(mine!['stored']).toBe(48) // 3 + 3 kept raw + 40 + 2 with a sealed part; ids that came twice count once
  })
  it('paired with a code that a manager made, under the name and place he chose, once', async () => {
    const made = (await manager.ask('device.code', { role: 'kiosk', name: 'Käsetheke', touchpoint: 'cheese-counter' })) as { value: { code: string; expiresAt: number } }
    expect(made.value.expiresAt - Date.now()).toBeLessThanOrEqual(600_000)
    const device = await pairTestDevice(hub.url, made.value.code, 'kiosk', 'ignored', manager)
    expect(device).toMatchObject({ name: 'Käsetheke', touchpoint: 'cheese-counter' })
    await expect(pairTestDevice(hub.url, made.value.code, 'kiosk')).rejects.toThrow('CodeUsed')
  })
})
