import { describe, expect, it } from 'vitest'
import { PrivacyPage } from '#kiosk/lib/state/privacy-page.svelte.ts'
import { err, ok } from '#shared/kernel/result.ts'

const bench = (answers: { [name: string]: unknown }) => {
  const asked: unknown[] = []
  const kept = new Map<string, unknown>()
  const call = async (name: string, request: unknown) => {
    asked.push([name, request])
    const reply = answers[name]
    return reply === undefined ? err({ code: 'offline' as const }) : ok(reply)
  }
  const cache = { read: async (key: string) => (kept.has(key) ? { value: kept.get(key) } : null), write: async (key: string, value: unknown) => void kept.set(key, value) }
  const page = () => new PrivacyPage({ device: { call, now: () => ({ at: 7, verified: true }) }, cache } as never)
  return { answers, asked, kept, page }
}
const entry = (n: number) => ({ n, at: n, who: 'p1', what: 'offer.left', device: null, object: null, count: 0 })
const log = (...rows: readonly number[]) => ({ asOf: 5, entries: rows.map(entry), names: { p1: 'Ada' }, actors: ['p1'], verified: null, oldestAt: 1 })

describe('the page about privacy', () => {
  it('shows what it last knew while there is no hub, and says that it is old', async () => {
    const { page, kept } = bench({})
    kept.set('privacy', { asOf: 3 })
    kept.set('audit', log(2, 1))
    const shown = page()
    await shown.start()
    expect([shown.facts, shown.audit?.entries.length, shown.stale, shown.auditStale]).toEqual([{ asOf: 3 }, 2, true, true])
  })
  it('asks for the log only when somebody wants to read it, and keeps the plain one', async () => {
    const { page, asked, kept, answers } = bench({ 'privacy.read': { asOf: 4 }, 'audit.list': log(3, 2) })
    const shown = page()
    await shown.start()
    expect(asked).toEqual([['privacy.read', {}]])
    expect(await shown.readLog({})).toBe(true)
    expect(kept.get('audit')).toEqual(log(3, 2))
    answers['audit.list'] = log(2)
    await shown.readLog({ who: 'p1' })
    expect(asked.at(-1)).toEqual(['audit.list', { limit: 100, who: 'p1' }])
    expect(kept.get('audit')).toEqual(log(3, 2))
  })
  it('adds older rows behind those that are shown, with the same wish', async () => {
    const { page, asked, answers } = bench({ 'privacy.read': { asOf: 4 }, 'audit.list': log(3, 2) })
    const shown = page()
    await shown.readLog({ what: 'offer.left' })
    answers['audit.list'] = log(1)
    await shown.readOlder()
    expect(shown.audit?.entries.map(({ n }) => n)).toEqual([3, 2, 1])
    expect(asked.at(-1)).toEqual(['audit.list', { limit: 100, what: 'offer.left', before: 2 }])
  })
  it('says when nothing was changed', async () => {
    const { page, answers } = bench({ 'privacy.read': { asOf: 4 }, 'privacy.set': { set: true } })
    expect(await page().choose({ teamOnly: true })).toBe(true)
    delete answers['privacy.set']
    expect(await page().choose({ teamOnly: true })).toBe(false)
  })
})
