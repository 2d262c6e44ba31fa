import { describe, expect, it } from 'vitest'
import { sqliteFunnelStore } from '#hub/stores/sqlite/feedback/funnel-store.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteQuoteStore } from '#hub/stores/sqlite/baskets/quote-store.ts'
import { sqliteSpendSource } from '#hub/stores/sqlite/figures/spend-source.ts'
import type { DeviceId, QuoteId, VisitId } from '#shared/kernel/ids.ts'
import { cents } from '#shared/kernel/money.ts'
import { millis, type Day } from '#shared/kernel/time.ts'

const MONDAY = '2026-11-16' as Day
const mondayOf = () => MONDAY
const DEV = 'd1' as DeviceId
const ASKED = { kind: 'csat5', question: 'q' } as const

const open = () => {
  const opened = openDatabase(':memory:', millis(0))
  if (!opened.ok) throw new Error('no database')
  const sql = opened.value
  const [funnel, quotes, spend] = [sqliteFunnelStore(sql), sqliteQuoteStore(sql), sqliteSpendSource(sql)]
  let n = 0
  const tap = (sid: string | null, value: number, { kept = true, flags = null, at = 10 }: { kept?: boolean; flags?: string | null; at?: number } = {}) => {
    const id = `e${(n += 1)}`
    const p = { kind: 'csat5', response: `r${n}`, touchpoint: 't', survey: 's', question: 'q', value }
    sql.prepare(`INSERT INTO event (id, dev, ep, seq, type, state, at_hub, received_at, body) VALUES (?, 'd1', 'ep', ?, 'feedback.answered', 'stored', ?, ?, ?)`).run(id, n, at, at, JSON.stringify({ id, t: 'feedback.answered', sid, p }))
    if (kept) sql.prepare(`INSERT INTO feedback (id, dev, response, touchpoint, survey, question, kind, score, detail, received_at, channel, flags) VALUES (?, 'd1', ?, 't', 's', 'q', 'csat5', ?, 0, ?, 'kiosk', ?)`).run(id, `r${n}`, value, at, flags)
  }
  const show = (sid: string, qid: string, totalCents: number, at = 1) => {
    quotes.addShown({ qid: qid as QuoteId, code: 'c', digits: '', dev: DEV, issuedAt: millis(at), totalCents: cents(totalCents), releaseHash: '' })
    funnel.codeShown({ qid: qid as QuoteId, dev: DEV, sid: sid as VisitId, at: millis(at) })
  }
  return { sql, quotes, spend, tap, show }
}
const order = (quotes: ReturnType<typeof open>['quotes'], qid: string) => {
  quotes.claimFirst(qid as QuoteId, 's', millis(5))
  quotes.beginOrder(qid as QuoteId, 'o', millis(6), millis(0))
  quotes.endOrder(qid as QuoteId, 'o', '1122-AAAA')
}

describe('answers beside what their visit was worth', () => {
  it('join by the visit, rounded to five euros, with how far the basket came', () => {
    const { quotes, spend, tap, show } = open()
    show('v1', 'q1', 1_234)
    show('v2', 'q2', 4_990)
    order(quotes, 'q2')
    for (const sid of ['v1', 'v2', 'v3']) tap(sid, 4)
    expect(spend.settle(millis(100), mondayOf)).toBe(true)
    expect(spend.answered(ASKED)).toEqual([
      { score: 4, reached: 'none', spend: null, n: 1 },
      { score: 4, reached: 'shown', spend: 1000, n: 1 },
      { score: 4, reached: 'ordered', spend: 5000, n: 1 },
    ])
    expect(spend.questions()).toEqual([{ question: 'q', kind: 'csat5', n: 3 }])
  })
  it('take what was ordered before what was shown last', () => {
    const { quotes, spend, tap, show } = open()
    show('v1', 'q1', 1_000, 1)
    show('v1', 'q2', 9_000, 2)
    order(quotes, 'q1')
    tap('v1', 5)
    spend.settle(millis(100), mondayOf)
    expect(spend.answered(ASKED)).toEqual([{ score: 5, reached: 'ordered', spend: 1000, n: 1 }])
  })
  it('leave out answers outside of visits, replaced, erased and flagged ones', () => {
    const { spend, tap } = open()
    tap(null, 5)
    tap('v1', 5, { kept: false })
    tap('v1', 5, { flags: 'burst' })
    spend.settle(millis(100), mondayOf)
    expect(spend.answered(ASKED)).toEqual([])
  })
  it('wait until their visit is over, and count once', () => {
    const { spend, tap } = open()
    tap('v1', 3, { at: 10 })
    tap('v2', 3, { at: 60 })
    for (const until of [50, 50, 61, 61]) spend.settle(millis(until), mondayOf)
    expect(spend.answered(ASKED)).toEqual([{ score: 3, reached: 'none', spend: null, n: 2 }])
    expect(spend.settledUntil()).toBe(61)
  })
  it('are asked for by whole weeks', () => {
    const { spend, tap } = open()
    tap('v1', 3)
    spend.settle(millis(100), mondayOf)
    expect(spend.answered({ ...ASKED, from: MONDAY, until: '2026-11-23' as Day })).toHaveLength(1)
    expect(spend.answered({ ...ASKED, until: MONDAY })).toEqual([])
  })
  it('hold no visit, no code and no exact amount', () => {
    const { sql, spend, tap, show } = open()
    show('visit-one', 'quote-one', 1_234)
    tap('visit-one', 4)
    spend.settle(millis(100), mondayOf)
    const kept = JSON.stringify(sql.prepare('SELECT * FROM spend_count').all())
    for (const word of ['visit-one', 'quote-one', '1234', 'e1']) expect(kept).not.toContain(word)
  })
  it('go on where the last step ended, however many there are', () => {
    const { spend, tap } = open()
    for (let i = 0; i < 2_001; i++) tap(`v${i}`, 2)
    expect([spend.settle(millis(100), mondayOf), spend.settle(millis(100), mondayOf)]).toEqual([false, true])
    expect(spend.answered(ASKED)).toEqual([{ score: 2, reached: 'none', spend: null, n: 2001 }])
  })
})
