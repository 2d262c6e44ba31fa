import { describe, expect, it } from 'vitest'
import { ActingPage, newKey, type ActingAsk } from '#kiosk/lib/state/acting-page.svelte.ts'
import { err, ok } from '#shared/kernel/result.ts'
import { fakeClock } from '../../fake-clock.ts'

const bench = (answers: { [name: string]: unknown }, asks: readonly ActingAsk[] = ['cases.read'], scope?: string) => {
  const asked: string[] = []
  const kept = new Map<string, unknown>()
  const heard = new Map<string, () => void>()
  const { clock, pass, running } = fakeClock()
  const call = async (name: string) => {
    asked.push(name)
    const reply = answers[name]
    return reply === undefined ? err({ code: 'offline' as const }) : reply === 'refused' ? err({ code: 'not_found' as const }) : ok(reply)
  }
  const on = (name: string, listener: () => void) => {
    heard.set(name, listener)
    return () => heard.delete(name)
  }
  const cache = { read: async (key: string) => (kept.has(key) ? { value: kept.get(key) } : null), write: async (key: string, value: unknown) => void kept.set(key, value) }
  const page = new ActingPage({ device: { call, on, now: () => ({ at: 7, verified: true }) }, cache, clock, asks, ...(scope !== undefined && { scope }) } as never)
  return { page, asked, kept, heard, answers, pass, running }
}
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const one = { id: 1, title: 'Schlange', response: 'r1', voices: [{ value: 'Endlos gewartet' }], steps: [{ what: 'note', text: 'Kundin wartete endlos' }] }
const byHand = { id: 2, title: 'Regal', response: null, voices: [], steps: [{ what: 'note', text: 'Schild bestellt' }] }

describe('a page about cases', () => {
  it('shows what it last knew while there is no hub, and says that it is old', async () => {
    const { page, kept } = bench({})
    kept.set('cases.read', { asOf: 3, cases: [] })
    const end = page.start()
    await settled()
    expect([page.cases?.asOf, page.stale]).toEqual([3, true])
    end()
  })
  it('keeps no word of customers on the device, nor what was written about them', async () => {
    const { page, kept } = bench({ 'cases.read': { asOf: 4, cases: [one, byHand] } })
    await page.look()
    expect(page.cases?.cases[0]).toEqual(one)
    expect(kept.get('cases.read')).toEqual({ asOf: 4, cases: [{ ...one, voices: [], steps: [{ what: 'note', text: '' }] }, byHand] })
  })
  it('asks again every minute, when the hub says that something changed, and when something was erased; no longer once it is left', async () => {
    const { page, asked, heard, pass, running } = bench({ 'cases.read': { asOf: 4, cases: [] } })
    const end = page.start()
    await settled()
    pass(60_000)
    await settled()
    heard.get('acting')!()
    await settled()
    heard.get('erased')!()
    await settled()
    expect(asked.length).toBe(4)
    end()
    expect([running(), heard.size]).toEqual([0, 0])
  })
  it('tells what became of an act: done, refused because things have changed, or not heard', async () => {
    const { page, answers } = bench({ 'cases.read': { asOf: 4, cases: [] }, 'cases.team': { set: true } })
    expect([await page.act('cases.team', { person: 'a', team: 'service' }), page.done]).toEqual([{ set: true }, 'saved'])
    answers['cases.team'] = 'refused'
    expect([await page.act('cases.team', { person: 'a', team: 'service' }), page.done]).toEqual([null, 'refused'])
    delete answers['cases.team']
    expect([await page.act('cases.team', { person: 'a', team: 'service' }), page.done, page.busy]).toEqual([null, 'unreached', false])
  })
  it('of several people on one tablet keeps each one’s own', async () => {
    const { page, kept } = bench({ 'cases.mine': { asOf: 4, team: 'service', cases: [] } }, ['cases.mine'], 'p1')
    await page.look()
    expect([...kept.keys()]).toEqual(['cases.mine p1'])
  })
  it('names what it sends by 32 hexadecimal digits, another one each time', () => {
    const keys = [newKey(), newKey()]
    expect(keys.every((key) => /^[0-9a-f]{32}$/.test(key))).toBe(true)
    expect(keys[0]).not.toBe(keys[1])
  })
})
