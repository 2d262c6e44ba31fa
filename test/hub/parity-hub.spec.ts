import { afterEach, describe, expect, it } from 'vitest'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteDocumentStore } from '#hub/stores/sqlite/releases/documents.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import { HANDOFF_CHANNEL } from '#shared/basket/quote.ts'
import { encodeHandoff, handoffDigits } from '#shared/handoff/encode-handoff.ts'
import { handoffOf } from '#shared/handoff/handoff-basket.ts'
import { SIGNATURE_BYTES } from '#shared/handoff/handoff.ts'
import { shortCode } from '#shared/handoff/short-code.ts'
import type { QuoteId } from '#shared/kernel/ids.ts'
import { cents } from '#shared/kernel/money.ts'
import { millis } from '#shared/kernel/time.ts'
import { documentsToAssortment } from '#shared/protocol/documents.ts'
import { basketOf } from './use-cases/parity/parity-bench.ts'
import { batch, chainOf, connect, eventId, MANAGER_PERSON, pairTestDevice, signIn, STAFF_PERSON, startTestHub, type Link } from './test-hub.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A hub whose clockwork is turned by hand. */
const openStore = async () => {
  const tasks = new Set<() => void>()
  const every = (_ms: number, task: () => void) => {
    tasks.add(task)
    return () => void tasks.delete(task)
  }
  const hub = await startTestHub({ deps: { timer: { every } } })
  closers.push(() => hub.remove())
  let first: Link | null = null
  const link = async (role: 'kiosk' | 'staff' | 'manager', code: string): Promise<Link> => {
    const connected = await connect(hub.url, await pairTestDevice(hub.url, code, role, undefined, first))
    first ??= connected
    closers.push(() => connected.close())
    if (role !== 'kiosk') await signIn(hub, connected, role === 'staff' ? STAFF_PERSON : MANAGER_PERSON)
    return connected
  }
  const manager = await link('manager', hub.setupCode!)
  const codeFor = async (role: string): Promise<string> => ((await manager.ask('device.code', { role, name: role, touchpoint: null })) as { readonly value: { readonly code: string } }).value.code
  return { hub, manager, kiosk: await link('kiosk', hub.pairingCode!), staff: await link('staff', await codeFor('staff')), tick: () => tasks.forEach((task) => task()) }
}

const assortmentOf = (folder: string) => {
  const opened = openDatabase(folder, millis(Date.now()))
  if (!opened.ok) throw new Error('no database')
  const read = documentsToAssortment(sqliteDocumentStore(opened.value, { now: () => millis(Date.now()) }).current()!)
  opened.value.close()
  if (!read.ok) throw new Error('no release')
  return read.value
}

/** What a kiosk says when it has shown a code for two pieces of an article. */
const handedOver = (folder: string, n: number, wrongBy: number, at = millis(Date.now())): object => {
  const assortment = assortmentOf(folder)
  const basket = basketOf({ [assortment.products[0]!.sku]: 2 })
  const qid = n.toString(16).padStart(16, '0') as QuoteId
  const quote = quoteBasket(basket, assortment, { now: at, channel: HANDOFF_CHANNEL, clockVerified: true })
  const totalCents = cents(quote.totalCents + wrongBy)
  const digits = handoffDigits(encodeHandoff({ ...handoffOf(basket, quote, assortment, { qid, keyId: '00000000', at }), totalCents }), new Uint8Array(SIGNATURE_BYTES))
  return { qid, code: shortCode(qid), digits, totalCents, releaseHash: assortment.hash, lines: 1 }
}

const settled = async (manager: Link): Promise<{ readonly ok: boolean; readonly value: { readonly waiting: number } }> => {
  for (;;) {
    const reply = (await manager.ask('parity.read', {})) as { readonly ok: boolean; readonly value: { readonly waiting: number } }
    if (reply.value.waiting === 0) return reply
  }
}

/** The first instant of the second in which the release in force began: a code knows no more than that. */
const secondOfRelease = (folder: string) => {
  const opened = openDatabase(folder, millis(Date.now()))
  if (!opened.ok) throw new Error('no database')
  const head = sqliteDocumentStore(opened.value, { now: () => millis(Date.now()) }).head()!
  opened.value.close()
  return millis(Math.floor(head.activeFrom / 1000) * 1000)
}

describe('a hub compares what kiosks hand over', () => {
  it('also in the very second in which its release began', async () => {
    const { hub, manager, kiosk, tick } = await openStore()
    await kiosk.ask('push', batch([eventId(1)], { t: 'basket.handed-over', p: handedOver(hub.folder, 1, 0, secondOfRelease(hub.folder)) }))
    tick()
    expect(await settled(manager)).toMatchObject({ value: { counts: { handoff: { equal: 1, different: 0, passed: 0 } } } })
  })
  it('counts a basket once, raises an alarm for a cent, and tells staff and managers alone', async () => {
    const { hub, manager, staff, kiosk, tick } = await openStore()
    expect(await kiosk.ask('push', batch([eventId(1)], { t: 'basket.handed-over', p: handedOver(hub.folder, 1, 0) }))).toMatchObject({ upto: 1 })
    expect(await kiosk.ask('push', batch([eventId(2)], { from: 2, prev: chainOf([eventId(1)]), t: 'basket.handed-over', p: handedOver(hub.folder, 2, 1) }))).toMatchObject({ upto: 2 })
    tick()
    const standing = await settled(manager)
    expect(standing).toMatchObject({ ok: true, value: { counts: { handoff: { equal: 1, different: 1, apartMinor: 1 } }, alarms: [{ cause: 'app', byMinor: -1, device: 'Test kiosk' }], shop: { name: 'builtin', connected: false } } })
    expect([await staff.ask('parity.alarm', { id: 1 }), await kiosk.ask('parity.read', {})]).toMatchObject([{ ok: true, value: { cause: 'app', hasVector: false } }, { ok: false, error: { code: 'forbidden' } }])
    expect(await staff.ask('parity.close', { id: 1 })).toEqual({ ok: false, error: { code: 'forbidden' } })
    expect(await manager.ask('parity.close', { id: 1 })).toEqual({ ok: true, value: { closed: true } })
  })
  it('staff leave an offer to the checkout, and it stays there through the next release; only a manager lifts it', async () => {
    const { hub, manager, staff } = await openStore()
    const { offers } = assortmentOf(hub.folder)
    const { offer } = offers[0]!
    const left = (): boolean => assortmentOf(hub.folder).offers.every((one) => one.offer.id !== offer.id)
    expect([await staff.ask('offer.leave', { offer: offer.id, alarm: null }), left()]).toMatchObject([{ ok: true }, true])
    const opened = openDatabase(hub.folder, millis(Date.now()))
    const items = opened.ok ? sqliteDocumentStore(opened.value, { now: () => millis(Date.now()) }).itemsAt(1) : {}
    if (opened.ok) opened.value.close()
    expect([hub.publish(items).ok, left()]).toEqual([true, true])
    expect(await staff.ask('offer.lift', { offer: offer.id })).toEqual({ ok: false, error: { code: 'forbidden' } })
    expect([await manager.ask('offer.lift', { offer: offer.id }), left()]).toMatchObject([{ ok: true }, false])
  })
})
