import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { byName } from '#kiosk/checkout/by-name.ts'
import { Checkout } from '#kiosk/checkout/checkout.svelte.ts'
import { tabMemory } from '#kiosk/checkout/tab-memory.ts'
import { encodeHandoff, handoffDigits } from '#shared/handoff/encode-handoff.ts'
import { shortCode } from '#shared/handoff/short-code.ts'
import type { QuoteId } from '#shared/kernel/ids.ts'
import { cents } from '#shared/kernel/money.ts'
import type { CheckoutLine } from '#shared/protocol/checkout.ts'

const STORE = { name: 'Lindenkorb', address: 'Am Lindenanger 4', timeZone: 'Europe/Berlin', brand: null, delivery: [] }
const ORDER = { number: '1122-7KQ4', placedAt: 1, delivery: 'pickup', totalCents: 349, store: STORE }
const QID = '0123456789abcdef' as QuoteId
const digits = handoffDigits(
  encodeHandoff({
    store: 1, keyId: '00112233', qid: QID, issuedAtS: 1_800_000_000, release: '3fa94b21', totalCents: cents(349), lines: [{ number: 7, quantity: 1 }],
    unlocked: [], reserved: [], delivery: 'pickup', clockVerified: true, onceOnly: false, training: false,
  }),
  new Uint8Array(64).fill(9),
)

/** What the hub would say to each path; a path that is not there has no answer. */
let answers: { [path: string]: unknown }
let asked: { readonly path: string; readonly body: unknown }[]
let tab: Map<string, string>

beforeEach(() => {
  answers = { '/api/store': { type: 'store', store: STORE } }
  asked = []
  tab = new Map()
  vi.stubGlobal('scrollTo', () => undefined)
  vi.stubGlobal('sessionStorage', { getItem: (name: string) => tab.get(name) ?? null, setItem: (name: string, value: string) => tab.set(name, value), removeItem: (name: string) => tab.delete(name) })
  vi.stubGlobal('fetch', async (path: string, request: RequestInit) => {
    asked.push({ path, body: typeof request.body === 'string' ? JSON.parse(request.body) : null })
    if (!(path in answers)) throw new TypeError('no network')
    return Response.json(answers[path])
  })
})
afterEach(() => vi.unstubAllGlobals())

const opened = async (fragment: string | null): Promise<Checkout> => {
  const checkout = new Checkout(tabMemory(fragment))
  await checkout.start()
  await vi.waitFor(() => expect(checkout.page.name === 'ending' && checkout.page.why === 'offline' ? STORE : checkout.store).toEqual(STORE), { timeout: 20_000 })
  return checkout
}

describe('a page without a code', () => {
  it('says so under the store’s name, and asks the shop for nothing else', async () => {
    const checkout = await opened(null)
    expect(checkout.page).toEqual({ name: 'ending', why: 'no code' })
    expect(asked.map(({ path }) => path)).toEqual(['/api/store'])
  })
  it('is not taken for the code that was refused in this window before', async () => {
    for (const why of ['altered', 'withdrawn', 'other store', 'nothing left', 'training'] as const) {
      answers['/api/handoff/open'] = { type: 'refused', why }
      expect((await opened(digits)).page).toEqual({ name: 'ending', why })
      expect((await opened(null)).page).toEqual({ name: 'ending', why: 'no code' })
    }
    expect((await opened('no code at all')).page).toEqual({ name: 'ending', why: 'damaged' })
    expect((await opened(null)).page).toEqual({ name: 'ending', why: 'no code' })
  })
  it('keeps the code while the network is gone', async () => {
    delete answers['/api/handoff/open']
    expect((await opened(digits)).page).toEqual({ name: 'ending', why: 'offline' })
    answers['/api/handoff/open'] = { type: 'ordered', order: ORDER }
    const again = new Checkout(tabMemory(null))
    again.page = { name: 'ending', why: 'offline' }
    again.online()
    await vi.waitFor(() => expect(again.page.name).toBe('ordered'), { timeout: 20_000 })
  })
})

describe('a code that does not open', () => {
  it('is told apart: too new, or not complete', async () => {
    const newer = handoffDigits(Uint8Array.from([2, ...new Uint8Array(40)]), new Uint8Array(64).fill(9))
    expect((await opened(newer)).page).toEqual({ name: 'ending', why: 'too new' })
    expect((await opened(digits.slice(0, -9))).page).toEqual({ name: 'ending', why: 'damaged' })
  })
  it('ordered elsewhere names the six characters by which staff find the order', async () => {
    answers['/api/handoff/open'] = { type: 'refused', why: 'used' }
    const checkout = await opened(digits)
    expect([checkout.page, checkout.code]).toEqual([{ name: 'ending', why: 'used' }, shortCode(QID)])
    expect((await opened(null)).page).toEqual({ name: 'ending', why: 'used' })
  })
})

describe('after ordering', () => {
  it('the same window asks with its own name for the order, and shows it again', async () => {
    answers['/api/handoff/open'] = { type: 'ordered', order: ORDER }
    expect((await opened(digits)).page).toEqual({ name: 'ordered', order: ORDER })
    const again = await opened(null)
    expect([again.page, again.store]).toEqual([{ name: 'ordered', order: ORDER }, STORE])
    const names = asked.filter(({ path }) => path === '/api/handoff/open').map(({ body }) => (body as { readonly orderId: string }).orderId)
    expect(names[0]).toMatch(/^[0-9a-f]{32}$/)
    expect(new Set(names).size).toBe(1)
  })
})

describe('lines on the phone', () => {
  it('stand by name, as the alphabet of the language has it', () => {
    const line = (de: string, en: string): CheckoutLine => ({ sku: de, name: { de, en }, picture: '', quantity: 1, unitCents: 1, baseCents: 1, totalCents: 1, depositCents: 0, reasons: [], priorCents: null, unitPrice: null })
    const lines = [line('Zucker', 'Sugar'), line('Äpfel', 'Apples'), line('Brot', 'Bread')]
    expect(byName(lines, 'de').map(({ sku }) => sku)).toEqual(['Äpfel', 'Brot', 'Zucker'])
    expect(byName(lines, 'en').map(({ name }) => name.en)).toEqual(['Apples', 'Bread', 'Sugar'])
  })
})
