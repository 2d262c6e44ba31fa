/** A receipt from end to end at the hub: what the phone sees, what the store says, and the end of all of it. */
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sqliteAnswerCells } from '#hub/stores/sqlite/figures/answer-cells.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteTransactions } from '#hub/stores/sqlite/database/transactions.ts'
import { runErase } from '#hub/tools/erase.ts'
import { seal } from '#kiosk/lib/sync/device-keys.ts'
import { receiptFromBytes, receiptHash, type ReceiptCode } from '#shared/feedback/receipt-code.ts'
import { millis } from '#shared/kernel/time.ts'
import { NO_CHAIN } from '#shared/sync/chain.ts'
import { chainOf, connect, eventId, pairTestDevice, postJson, signIn, startTestHub, type Link, type TestDevice, type TestHub } from './test-hub.ts'

const EP = 'e'.repeat(16)
const RESPONSE = '7'.repeat(32)
const WORDS = 'Die Schlange an Kasse 4 reichte bis zum Brot'
const CONTACT = 'anna.muster@example.org'
const CODE = receiptFromBytes(Uint8Array.from([7, 19, 3, 23, 9, 29, 20, 10, 2, 22]))
const HASH = receiptHash(CODE)
const OTHER = receiptFromBytes(new Uint8Array(10))
const KEY = 'a'.repeat(32)

let folder: string
let hub: TestHub
let device: TestDevice
let kiosk: Link
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'einklang-receipts-'))
  hub = await startTestHub({ folder })
  device = await pairTestDevice(hub.url, hub.pairingCode!, 'kiosk')
  kiosk = await connect(hub.url, device)
})
afterEach(async () => {
  kiosk.close()
  await hub.stop().catch(() => undefined)
  rmSync(folder, { recursive: true, force: true })
})

const place = { response: RESPONSE, touchpoint: 'kiosk', receipt: HASH }
const common = { v: 1, at: 1_700_000_000_000, off: 0, boot: 'boot', mono: 1, sid: null }
const sealed = (secret: { readonly [name: string]: string }): Promise<string> => seal(crypto.subtle, device.hubKey, secret, crypto.getRandomValues(new Uint8Array(12)))
/** A tap, words and a contact of one shopper, and the tap of another. */
const events = async () => [
  { ...common, seq: 1, id: eventId(1), t: 'feedback.answered', p: { ...place, survey: 'visit', question: 'opening', kind: 'csat5', value: 2 } },
  { ...common, seq: 2, id: eventId(2), t: 'feedback.commented', p: { ...place, survey: 'visit', question: 'words' }, x: await sealed({ text: WORDS }) },
  { ...common, seq: 3, id: eventId(3), t: 'feedback.contact-left', p: place, x: await sealed({ contact: CONTACT }) },
  { ...common, seq: 4, id: eventId(4), t: 'feedback.answered', p: { response: 'somebody-else', touchpoint: 'kiosk', survey: 'visit', question: 'opening', kind: 'csat5', value: 5 } },
]
const ids = [1, 2, 3, 4].map(eventId)
const push = (ev: readonly unknown[], ep = EP) => ({ pv: 1, ep, prev: NO_CHAIN, ev })
const ask = async (what: 'open' | 'answer' | 'erase', body: object): Promise<{ readonly [field: string]: unknown }> => (await postJson(`${hub.url}/api/receipt/${what}`, body)).json() as Promise<{ readonly [field: string]: unknown }>
const open = (code: ReceiptCode = CODE) => ask('open', { code })
const eraseAll = (code: ReceiptCode = CODE) => ask('erase', { code, what: 'all' })
const rows = (query: string): readonly { readonly [column: string]: unknown }[] => {
  const sql = new DatabaseSync(join(folder, 'hub.sqlite'), { readOnly: true })
  try {
    return sql.prepare(query).all()
  } finally {
    sql.close()
  }
}
const bytesOf = (dir: string): string => readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => readFileSync(join(dir, entry.name), 'latin1')).join('\n')
const managerOf = async (): Promise<Link> => {
  const link = await connect(hub.url, await pairTestDevice(hub.url, hub.setupCode!, 'manager'))
  await signIn(hub, link)
  return link
}
const value = async (manager: Link, name: string, request: object): Promise<unknown> => ((await manager.ask(name, request)) as { readonly value?: unknown }).value
const restart = async (between: () => void = () => undefined): Promise<void> => {
  kiosk.close()
  await hub.stop()
  between()
  hub = await startTestHub({ folder })
  kiosk = await connect(hub.url, device)
}
/** Somebody puts the copy back. */
const putBack = (): void => {
  const copy = readdirSync(join(folder, 'backups')).find((name) => name.endsWith('.sqlite'))!
  for (const end of ['-wal', '-shm']) rmSync(join(folder, `hub.sqlite${end}`), { force: true })
  copyFileSync(join(folder, 'backups', copy), join(folder, 'hub.sqlite'))
}

describe('a receipt', () => {
  it('shows the shopper what they said, in the words of the screens, and when their contact ends', async () => {
    await kiosk.ask('push', push(await events()))
    const shown = await open()
    expect(shown).toMatchObject({
      type: 'receipt',
      store: { name: expect.any(String), timeZone: 'Europe/Berlin' },
      receipt: {
        at: 1_700_000_000_000,
        answers: [{ kind: 'csat5', score: 2, chosen: [], text: null }, { kind: 'text', score: null, chosen: [], text: WORDS }],
        steps: [{ state: 'received' }],
        words: [],
        open: true,
        contactUntil: null, // given in 2023
      },
    })
    expect(JSON.stringify(shown)).not.toContain(CONTACT)
    expect(JSON.stringify(shown)).not.toContain(HASH)
  })
  it('takes the store’s word to the shopper and the shopper’s to the store, each masked and said once', async () => {
    await kiosk.ask('push', push(await events()))
    const manager = await managerOf()
    expect(await value(manager, 'receipt.read', { response: RESPONSE })).toMatchObject({ steps: [{ state: 'received' }], words: [], readAt: null })
    const reply = { response: RESPONSE, text: ' Danke. Ab Montag ist Kasse 5 offen, rufen Sie 0171 2345678 an ', key: KEY }
    await manager.ask('receipt.reply', reply)
    await manager.ask('receipt.reply', reply)
    expect(await open()).toMatchObject({ receipt: { steps: [{ state: 'received' }, { state: 'answered' }], words: [{ who: 'store', text: 'Danke. Ab Montag ist Kasse 5 offen, rufen Sie ‹Telefon› an' }] } })

    const own = { code: CODE, text: 'Schreiben Sie an anna@example.org', key: KEY, language: 'de' }
    expect([(await ask('answer', own))['type'], (await ask('answer', own))['type']]).toEqual(['receipt', 'receipt'])
    const view = (await value(manager, 'receipt.read', { response: RESPONSE })) as { readonly words: readonly { readonly who: string; readonly text: string }[]; readonly readAt: number }
    expect(view.words.map(({ who, text }) => [who, text])).toEqual([['store', expect.any(String)], ['shopper', 'Schreiben Sie an ‹E-Mail›']])
    expect(view.readAt).toBeGreaterThan(0)
    const listed = (await value(manager, 'feedback.list', { limit: 10 })) as readonly { readonly id: string; readonly receipt?: unknown }[]
    expect(listed.map(({ id, receipt }) => [id, receipt]).toSorted()).toEqual([
      [eventId(1), { state: 'answered', waiting: true }],
      [eventId(2), { state: 'answered', waiting: true }],
      [eventId(3), { state: 'answered', waiting: true }],
      [eventId(4), undefined],
    ])
    manager.close()
  })
  it('is moved by the manager, back too, and knows nothing of a response that has none', async () => {
    await kiosk.ask('push', push(await events()))
    const manager = await managerOf()
    expect(await value(manager, 'receipt.move', { response: RESPONSE, state: 'improved' })).toMatchObject({ steps: [{ state: 'received' }, { state: 'improved' }] })
    expect(await value(manager, 'receipt.move', { response: RESPONSE, state: 'looking' })).toMatchObject({ steps: [{ state: 'received' }, { state: 'looking' }] })
    expect(await manager.ask('receipt.read', { response: 'somebody-else' })).toEqual({ ok: false, error: { code: 'not_found' } })
    manager.close()
  })
  it('that never was, was erased, or has not arrived looks the same, and a mistyped one is not looked for', async () => {
    await kiosk.ask('push', push(await events()))
    const never = await open(OTHER)
    expect(never).toEqual({ type: 'none', store: expect.any(Object) })
    await eraseAll()
    expect(await open()).toEqual(never)
    const mistyped = `${CODE.slice(0, 10)}${CODE[10] === '0' ? '1' : '0'}`
    expect((await postJson(`${hub.url}/api/receipt/open`, { code: mistyped })).status).toBe(400)
  })
  it('is asked for twenty times a minute from one address, and no more', async () => {
    const answers: number[] = []
    for (let i = 0; i < 21; i++) answers.push((await postJson(`${hub.url}/api/receipt/open`, { code: OTHER })).status)
    expect([answers.slice(0, 20).every((status) => status === 200), answers[20]]).toEqual([true, 429])
  })
  it('takes five words of the shopper in a row; a sixth waits for the store, a repeated one does not', async () => {
    await kiosk.ask('push', push(await events()))
    const say = (i: number) => ask('answer', { code: CODE, text: `Wort ${i}`, key: String(i).repeat(32), language: 'de' })
    const types: unknown[] = []
    for (let i = 1; i <= 6; i++) types.push((await say(i))['type'])
    expect(types).toEqual(['receipt', 'receipt', 'receipt', 'receipt', 'receipt', 'full'])
  })
})

/** What waits for other programs, when somebody has time for it. */
const looks = new Set<() => void>()
const timer = { every: (ms: number, work: () => void) => {
  if (ms === 5000) looks.add(work)
  return () => void looks.delete(work)
} }

describe('erased by its receipt, an answer', () => {
  it('leaves no note of its score and moment beside the counted ones, whoever erased it', async () => {
    await kiosk.ask('push', push(await events()))
    const opened = openDatabase(folder, millis(Date.now()))
    if (!opened.ok) throw new Error('no database')
    const counted = sqliteTransactions(opened.value).run(() => sqliteAnswerCells(opened.value).count('Europe/Berlin'))
    opened.value.close()
    expect([counted, rows('SELECT upto FROM answer_count')]).toEqual([true, [{ upto: 4 }]])
    await eraseAll()
    expect([rows('SELECT id FROM feedback'), rows('SELECT * FROM answer_change')]).toEqual([[{ id: eventId(4) }], []])
    expect(runErase(['somebody-else', '--data', folder], () => undefined, () => undefined)).toBe(0)
    expect([rows('SELECT id FROM feedback'), rows('SELECT * FROM answer_change'), rows('SELECT line FROM answer_cell')]).toEqual([[], [], []])
  })
  it('is in no call that waits, and was not on the board or in its visit; what is sent afterwards is what others said', async () => {
    await hub.stop()
    let up = false
    const taken: string[] = []
    const receiver = createServer((request, response) => {
      let body = ''
      request.on('data', (part) => (body += part)).on('end', () => {
        if (up) taken.push(body)
        response.writeHead(up ? 200 : 500).end()
      })
    })
    await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening))
    let now = Date.now()
    hub = await startTestHub({ folder, webhookHosts: ['127.0.0.1'], deps: { clock: { now: () => millis(now) }, timer } })
    kiosk = await connect(hub.url, device)
    const manager = await managerOf()
    await manager.ask('share.receiver', { name: 'Lager', url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`, events: ['feedback.received'], words: true })
    const [own, words, , other] = await events()
    await kiosk.ask('push', push([{ ...own!, at: now, sid: 'v1' }, { ...words!, at: now, sid: 'v1' }, { ...other!, seq: 3, at: now, sid: 'v2' }, ...[4, 5, 6, 7].map((seq) => Object.assign({}, other, { seq, id: eventId(seq + 10), p: Object.assign({}, other!.p, { response: `r${seq}` }), at: now }))]))
    await manager.ask('share.voice', { id: eventId(2), shown: true })
    await manager.ask('voice.fold', { id: eventId(2), fold: true })
    await manager.ask('voice.fold', { id: eventId(2), fold: false })
    await manager.ask('feedback.contacts', { response: RESPONSE })
    const look = async (): Promise<void> => {
      for (const work of looks) work()
      await vi.waitFor(() => expect(rows("SELECT 1 FROM outgoing_call WHERE state = 'taken' OR tries > 0")).toHaveLength(1), { timeout: 20_000 })
    }
    now += 3_700_000
    await look()
    expect([rows('SELECT id FROM board_voice'), rows('SELECT sid FROM answered_visit')]).toEqual([[{ id: eventId(2) }], [{ sid: 'v1' }, { sid: 'v2' }]])

    await eraseAll()
    expect([rows('SELECT id FROM board_voice'), rows('SELECT sid FROM answered_visit'), rows('SELECT id FROM receipt_event')]).toEqual([[], [{ sid: 'v2' }], []])
    const log = JSON.stringify(rows("SELECT what, object FROM audit WHERE what IN ('board.voice', 'words.folded', 'words.shown', 'contact.opened')"))
    expect(log.match(/what/g)).toHaveLength(4)
    for (const trace of [eventId(1), eventId(2), eventId(3), RESPONSE, CONTACT]) expect(log).not.toContain(trace)
    for (const { data } of rows('SELECT data FROM outgoing_call')) for (const trace of [eventId(1), eventId(2), WORDS, 'csat5']) expect(data).not.toContain(trace)
    up = true
    now += 7 * 3_600_000
    for (const work of looks) work()
    await vi.waitFor(() => expect(taken).toHaveLength(1), { timeout: 20_000 })
    expect((JSON.parse(taken[0]!) as { readonly data: { readonly items: readonly { readonly value: unknown }[] } }).data.items.map(({ value: said }) => said)).toEqual([5, 5, 5, 5, 5])
    manager.close()
    receiver.closeAllConnections()
    receiver.close()
  })
  it('leaves the files, the figures, the list and the screens, and neither a copy nor a second sending brings it back; the device’s stream goes on', async () => {
    const sent = await events()
    await kiosk.ask('push', push(sent))
    await ask('answer', { code: CODE, text: 'Und noch etwas von mir', key: KEY, language: 'de' })
    await hub.backUp()
    const manager = await managerOf()
    await manager.ask('feedback.watch', {})
    const told = new Promise((resolve) => manager.socket.once('erased', resolve))
    const figures = async () => ((await value(manager, 'insights.read', { metric: 'csat' })) as { readonly overall: { readonly n: number } }).overall.n
    expect([await figures(), bytesOf(folder).includes(WORDS), bytesOf(folder).includes('noch etwas von mir')]).toEqual([2, true, true])

    expect(await eraseAll()).toEqual({ type: 'erased' })
    expect(await told).toEqual({ ids: expect.arrayContaining([eventId(1), eventId(2), eventId(3)]) })
    const isGone = (): void => {
      for (const trace of [WORDS, (sent[2] as { readonly x: string }).x, 'noch etwas von mir', RESPONSE]) expect(bytesOf(folder)).not.toContain(trace)
    }
    isGone()
    expect(bytesOf(folder)).toContain('somebody-else')
    expect(await figures()).toBe(1)
    expect(await value(manager, 'feedback.gone', { ids })).toEqual({ gone: [eventId(1), eventId(2), eventId(3)] })
    expect(await manager.ask('receipt.reply', { response: RESPONSE, text: 'zu spät', key: KEY })).toEqual({ ok: false, error: { code: 'not_found' } })
    manager.close()

    // Its events have arrived, all four: what is complete stays complete, with one answer fewer.
    expect(await kiosk.ask('hello', { pv: 1, n: 1, ep: EP, next: 5, queued: 0, ack: 4, boot: 'b', app: 'x', releaseHash: null, now: 0 })).toMatchObject({ hw: 4, hc: chainOf(ids) })
    // A new life of the device sends all it still has, and one more answer of the same shopper.
    const late = { ...sent[1]!, seq: 5, id: eventId(5) }
    expect(await kiosk.ask('push', push([...sent, late], 'f'.repeat(16)))).toMatchObject({ hw: 5, notes: [{ seq: 4, code: 'dup' }] })
    isGone()

    await restart(putBack)
    isGone()
    expect(await open()).toMatchObject({ type: 'none' })
    expect(await kiosk.ask('push', push([...sent, late], '9'.repeat(16)))).toMatchObject({ hw: 5, notes: [{ seq: 4, code: 'dup' }] })
    isGone()
  })
  it('that has not arrived waits for it by its hash, through a restart and a copy put back, and swallows it', async () => {
    await hub.backUp()
    expect(await eraseAll()).toEqual({ type: 'erased' })
    expect(await eraseAll()).toEqual({ type: 'erased' })
    await restart(putBack)
    const sent = await events()
    expect(rows('SELECT hash, arrived FROM erased_receipt')).toEqual([{ hash: HASH, arrived: 0 }])
    expect(await kiosk.ask('push', push(sent))).toEqual(expect.objectContaining({ hw: 4 }))
    expect(bytesOf(folder)).not.toContain(RESPONSE)
    expect([rows('SELECT id FROM receipt_event'), rows('SELECT hash, arrived FROM erased_receipt')]).toEqual([[], [{ hash: HASH, arrived: 1 }]])
    expect(await open()).toMatchObject({ type: 'none' })
    const manager = await managerOf()
    expect(await value(manager, 'feedback.list', { limit: 10 })).toMatchObject([{ id: eventId(4) }])
    const { devices } = (await value(manager, 'seals.read', { days: 1 })) as { readonly devices: readonly { readonly dev: string; readonly waiting: number }[] }
    expect(devices.find(({ dev }) => dev === device.dev)).toMatchObject({ waiting: 0 })
    manager.close()
  })
  it('is forgotten by the device too: two copies after, its next confirmation lets the device drop all it had kept', async () => {
    await kiosk.ask('push', push(await events()))
    await eraseAll()
    await hub.backUp()
    await hub.backUp()
    expect(await kiosk.ask('hello', { pv: 1, n: 1, ep: EP, next: 5, queued: 0, ack: 4, boot: 'b', app: 'x', releaseHash: null, now: 0 })).toMatchObject({ hw: 4, safe: 4 })
  })
  it('loses its contact alone, if that is the wish', async () => {
    const sent = await events()
    const now = Date.now()
    await kiosk.ask('push', push(sent.map((event) => ({ ...event, at: now }))))
    expect(await open()).toMatchObject({ receipt: { contactUntil: expect.any(Number) } })
    expect(await ask('erase', { code: CODE, what: 'contact' })).toEqual({ type: 'erased' })
    expect(await open()).toMatchObject({ receipt: { contactUntil: null, answers: [{ score: 2 }, { text: WORDS }] } })
    expect(bytesOf(folder)).not.toContain((sent[2] as { readonly x: string }).x)
    const manager = await managerOf()
    expect(await value(manager, 'feedback.contacts', { response: RESPONSE })).toEqual([])
    manager.close()
  })
  it('is written down in the audit log: who, how many, and no code', async () => {
    await kiosk.ask('push', push(await events()))
    await eraseAll()
    await restart()
    const log = bytesOf(folder)
    expect(log).toContain('receipt.erased')
    expect(log).not.toContain(CODE)
    expect(log).not.toContain(CODE.slice(0, 10))
  })
})
