/** What earlier versions of device and hub said and kept, given to the hub of today: see test/fixtures/protocol/record.ts. */
import { createPrivateKey } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import type { DeviceId } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import { millis } from '#shared/kernel/time.ts'
import { DOCUMENT_SCHEMAS, readDocument, type DocumentKind } from '#shared/protocol/documents.ts'
import { EVENT_KNOWLEDGE, EVENT_VERSIONS, type EventKnowledge } from '#shared/protocol/event-types.ts'
import { PROTOCOL_HISTORY } from '#shared/protocol/version.ts'
import { connect, startTestHub, type Link, type TestHub } from '../hub/test-hub.ts'

type Reply = { readonly [field: string]: Json }
type Corpus = {
  readonly protocol: number
  readonly recordedAt: number
  readonly host: string
  readonly device: { readonly dev: string; readonly token: string; readonly jwk: object }
  readonly keys: { readonly [name: string]: string }
  readonly said: readonly { readonly name: string; readonly request: Reply; readonly reply: Reply }[]
  readonly code: { readonly digits: string; readonly totalCents: number; readonly opened: Reply }
  readonly states: readonly { readonly id: string; readonly type: string; readonly state: string }[]
}

const fixture = (version: number, name: string): Buffer => gunzipSync(readFileSync(fileURLToPath(new URL(`../fixtures/protocol-${version}/${name}`, import.meta.url))))
const corpusOf = (version: number): Corpus => JSON.parse(fixture(version, 'said.json.gz').toString()) as Corpus

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** The data folder as the hub of that version left it, before its device said anything. */
const folderOf = (version: number, { keys }: Corpus): string => {
  const folder = mkdtempSync(join(tmpdir(), 'einklang-golden-'))
  writeFileSync(join(folder, 'hub.sqlite'), fixture(version, 'hub.sqlite.gz'))
  for (const [name, key] of Object.entries(keys)) writeFileSync(join(folder, name), key, { mode: 0o600 })
  return folder
}

/** Today's hub on that day. */
const hubAt = async (folder: string, { recordedAt, host }: Corpus, knowledge: EventKnowledge = EVENT_KNOWLEDGE): Promise<TestHub> => {
  const from = performance.now()
  const hub = await startTestHub({ folder, origins: [`http://${host}`], deps: { knowledge, clock: { now: () => millis(Math.round(recordedAt + 60_000 + performance.now() - from)) } } })
  closers.push(() => hub.remove().catch(() => undefined)) // a test may have stopped it
  return hub
}

const linkTo = (hub: TestHub, { device: { dev, token, jwk } }: Corpus): Promise<Link> =>
  connect(hub.url, { dev: dev as DeviceId, token, key: createPrivateKey({ key: jwk as never, format: 'jwk' }) })

/** Says everything again, word by word; what the hub answers beside what it answered then. */
const sayAgain = async (hub: TestHub, corpus: Corpus) => {
  const link = await linkTo(hub, corpus)
  const answers: { readonly name: string; readonly before: Reply; readonly now: Reply }[] = []
  for (const { name, request: words, reply } of corpus.said) answers.push({ name, before: reply, now: (await link.ask(name, words)) as Reply })
  link.close()
  return answers
}
const rowsOf = (hub: TestHub, query: string): readonly Record<string, unknown>[] => {
  const sql = new DatabaseSync(join(hub.folder, 'hub.sqlite'), { readOnly: true })
  const rows = sql.prepare(query).all()
  sql.close()
  return rows.map((row) => Object.assign({}, row))
}
const statesAt = (hub: TestHub) => rowsOf(hub, 'SELECT id, type, state FROM event ORDER BY n')

const openCode = (hub: TestHub, { code, host }: Corpus): Promise<Reply> => {
  const body = JSON.stringify({ digits: code.digits, session: '1'.repeat(32), orderId: '2'.repeat(32) })
  return new Promise((resolve, reject) => {
    const sent = request(`${hub.url}/api/handoff/open`, { method: 'POST', headers: { host, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part)).on('end', () => resolve(JSON.parse(Buffer.concat(parts).toString()) as Reply))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Those that are out; one that is still open is recorded when it closes. */
const RECORDED = PROTOCOL_HISTORY.filter(({ open }) => !open)

describe('the corpora', () => {
  it('are there for every version of the protocol, with every type of event and every kind of document of their time', () => {
    for (const { version } of RECORDED) {
      const { protocol, states, said } = corpusOf(version)
      expect(protocol).toBe(version)
      expect(new Set(states.map(({ type }) => type)).size).toBeGreaterThanOrEqual(8)
      expect(new Set(said.map(({ name }) => name))).toContain('hello')
    }
    const newest = new Set(corpusOf(RECORDED.length).states.map(({ type }) => type))
    if (RECORDED.length === PROTOCOL_HISTORY.length) expect(newest).toEqual(new Set(Object.keys(EVENT_VERSIONS)))
  })
})

describe.each(RECORDED.map(({ version }) => version))('a hub of today, to a device of version %i', (version) => {
  const corpus = corpusOf(version)

  it('takes over the data of its hub, and takes every word of it as then: nothing lost, nothing twice, nothing in quarantine', async () => {
    const hub = await hubAt(folderOf(version, corpus), corpus)
    const facts = ({ code, hw, hc, upto, notes = null, ok = null }: Reply): object => ({ code, hw, hc, upto, notes, ok })
    for (const { name, before, now } of await sayAgain(hub, corpus)) {
      if (name !== 'pull') expect([name, facts(now)]).toEqual([name, facts(before)])
      else expect(['same', 'delta', 'snapshot']).toContain(now['type'])
    }
    expect(statesAt(hub)).toEqual(corpus.states)
    expect(statesAt(hub).every(({ state }) => state === 'stored')).toBe(true)
    // The very same words once more change nothing.
    await sayAgain(hub, corpus)
    expect(statesAt(hub)).toEqual(corpus.states)
  })

  it('opens its code at the price of then', async () => {
    const hub = await hubAt(folderOf(version, corpus), corpus)
    const opened = await openCode(hub, corpus)
    const { totalCents, kioskTotalCents } = opened['view'] as Reply
    expect([opened['type'], totalCents, kioskTotalCents]).toEqual(['open', corpus.code.totalCents, corpus.code.totalCents])
    expect((corpus.code.opened['view'] as Reply)['totalCents']).toBe(corpus.code.totalCents)
  })

  it('reads every document that it had', () => {
    const first = corpus.said.find(({ name, reply }) => name === 'pull' && reply['type'] === 'snapshot')!
    const items = corpus.said.filter(({ reply }) => reply['type'] === 'snapshot').flatMap(({ reply }) => reply['items'] as unknown as readonly (readonly [string, Json])[])
    const kinds = new Set(items.map(([id]) => id.slice(0, id.indexOf('/'))))
    expect(first).toBeDefined()
    expect([...kinds].filter((kind) => !(kind in DOCUMENT_SCHEMAS))).toEqual([])
    expect(kinds.size).toBeGreaterThanOrEqual(8)
    const unread = items.map(([id, body]) => readDocument(id.slice(0, id.indexOf('/')) as DocumentKind, id, body)).filter(({ ok }) => !ok)
    expect(unread).toEqual([])
  })

  it('parks what it does not know yet, and understands it at the next start that does', async () => {
    const older: EventKnowledge = { versions: { 'visit.started': 1, 'visit.ended': 1 }, upcasters: {} }
    const early = await hubAt(folderOf(version, corpus), corpus, older)
    const answers = await sayAgain(early, corpus)
    expect(answers.filter(({ name, now }) => name === 'push' && 'code' in now)).toEqual([])
    const known = ({ type }: { readonly type: string }): boolean => type.startsWith('visit.')
    expect(statesAt(early)).toEqual(corpus.states.map((row) => ({ ...row, state: known(row) ? 'stored' : 'parked' })))
    expect(rowsOf(early, 'SELECT id FROM feedback')).toEqual([])
    await early.stop()
    const late = await hubAt(early.folder, corpus)
    expect(statesAt(late)).toEqual(corpus.states)
    expect(rowsOf(late, 'SELECT id FROM feedback')).toHaveLength(version < 5 ? 6 : 9)
    expect(rowsOf(late, 'SELECT code FROM shown_quote')).toHaveLength(1)
    expect(late.lines.find(({ what }) => what === 'parked events understood')?.facts).toEqual({ n: corpus.states.filter((row) => !known(row)).length })
  })

  it('reads its events in newer words once there are some, and keeps them as they came', async () => {
    const newer: EventKnowledge = {
      versions: { ...EVENT_VERSIONS, 'feedback.answered': 2 },
      upcasters: { 'feedback.answered@1': ({ p, secret }) => ({ p: (p as { kind: string }).kind === 'csat5' ? { ...(p as object), value: 1 } : p, secret }) },
    }
    const hub = await hubAt(folderOf(version, corpus), corpus, newer)
    await sayAgain(hub, corpus)
    expect(statesAt(hub)).toEqual(corpus.states)
    // Since version 5 with a row of a table too.
    const times = version < 5 ? 1 : 2
    expect(rowsOf(hub, `SELECT score FROM feedback WHERE kind = 'csat5'`)).toEqual(Array.from({ length: times }, () => ({ score: 1 })))
    expect(rowsOf(hub, `SELECT json_extract(body, '$.p.value') AS value FROM event WHERE json_extract(body, '$.p.kind') = 'csat5'`)).toEqual(Array.from({ length: times }, () => ({ value: 4 })))
  })
})

describe('a device of a version that is no longer, or not yet, spoken', () => {
  it('is told to upgrade, whatever it asks, and nothing of it is stored', async () => {
    const corpus = corpusOf(2)
    const hub = await hubAt(folderOf(2, corpus), corpus)
    const link = await linkTo(hub, corpus)
    for (const { name, request: words } of corpus.said.filter(({ name: one }) => ['hello', 'push', 'pull'].includes(one)))
      for (const pv of [0, PROTOCOL_HISTORY.length + 1]) expect([name, await link.ask(name, { ...words, pv })]).toEqual([name, { code: 'upgrade' }])
    link.close()
    expect(statesAt(hub)).toEqual([])
  })
})
