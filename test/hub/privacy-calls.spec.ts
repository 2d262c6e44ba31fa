/** What managers ask about privacy, over the socket, and what a start on a bent audit log says. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { openDesk } from '#hub/tools/open-desk.ts'
import { teachDigests } from '#hub/stores/sqlite/database/row-digests.ts'
import { millis } from '#shared/kernel/time.ts'
import type { AuditReply, ExportReply, PrivacyReply } from '#shared/protocol/privacy.ts'
import { managedHub } from './managed-hub.ts'
import type { TestHub } from './test-hub.ts'

const { manager, folder, ask, atDesk, stop, restart } = managedHub('privacy')
const fill = (): void =>
  atDesk(({ feedback }) => {
    const answer = (i: number, over: object = {}) => ({ id: `a${i}`, response: `r${i}`, touchpoint: 'checkout', survey: 'store-visit', question: 'visit', kind: 'csat5' as const, value: 5, detail: false, at: millis(Date.now() - i), receivedAt: Date.now(), dev: 'k', channel: 'kiosk' as const, flags: [], ...over })
    for (let i = 0; i < 20; i++) feedback.add(answer(i))
    for (let i = 20; i < 23; i++) feedback.add(answer(i, { touchpoint: 'produce' }))
    for (let i = 30; i < 39; i++) feedback.add(answer(i, { touchpoint: 'entrance', value: 1 }))
    feedback.add(answer(50, { question: 'comment', kind: 'text', value: '=1+1 und\n"mehr"' }))
  })

describe('a manager', () => {
  it('takes figures along: a place with three answers and the smallest of the others have none', async () => {
    fill()
    const { text, name, more } = await ask<ExportReply>('feedback.export', { kind: 'figures' })
    const lines = text.split('\r\n').filter((line) => line.startsWith('csat,'))
    expect(name).toMatch(/^figures-\d{4}-\d\d-\d\d\.csv$/)
    expect([lines[0], lines[1], more]).toEqual([expect.stringMatching(/^csat,all,,32,71\.9,/), expect.stringMatching(/^csat,touchpoint,checkout,20,100,/), false])
    expect(lines.slice(2, 4)).toEqual(['entrance', 'produce'].map((place) => `csat,touchpoint,${place},,,,,"fewer than 5 answers, or withheld to protect such a group"`))
  })
  it('takes answers along: by day, without numbers, no cell a formula', async () => {
    fill()
    const { text, rows } = await ask<ExportReply>('feedback.export', { kind: 'answers' })
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(Date.now())
    expect(rows).toBe(33)
    expect(text).not.toMatch(/r\d+,|a\d+,|T\d\d:/)
    expect(text).toContain(`"'=1+1 und\n""mehr"""`)
    expect(text.split('\r\n').filter((line) => line.startsWith(`${today},checkout,visit`))).toHaveLength(20)
    expect(text.split('\r\n').filter((line) => line.includes(',visit,') && line.startsWith(`${today.slice(0, 7)},,`))).toHaveLength(3)
  })
  it('finds every export, every change and every opened contact in the log, with the name of who did it', async () => {
    await ask('feedback.export', { kind: 'answers' })
    await ask('privacy.set', { days: { words: 90 } })
    await ask('feedback.contacts', { response: 'r1' })
    const { entries, names, verified } = await ask<AuditReply>('audit.list', { limit: 3 })
    expect(entries.map(({ what, object }) => [what, object])).toEqual([['contact.opened', expect.stringMatching(/^[\w-]{22}$/)], ['policy.changed', 'privacy'], ['feedback.exported', 'answers']])
    expect(names[entries[0]!.who]).toBe('Ada Berg')
    expect(verified).toMatchObject({ broken: null, gaps: [] })
    expect((await ask<PrivacyReply>('privacy.read', {})).settings).toMatchObject({ teamOnly: true, days: { words: 90, taps: 30 } })
  })
  it('cannot set a period outside its bounds', async () => {
    expect(await manager().ask('privacy.set', { days: { words: 5 } })).toMatchObject({ ok: false, error: { code: 'bad_request' } })
    expect(await manager().ask('privacy.set', { days: { taps: 5000 } })).toMatchObject({ ok: false, error: { code: 'bad_request' } })
  })
})

describe('a hub that starts on an audit log', () => {
  const bend = async (statement: string): Promise<TestHub> => {
    await stop()
    const sql = new DatabaseSync(join(folder(), 'hub.sqlite'))
    teachDigests(sql)
    sql.exec(statement)
    sql.close()
    return restart()
  }
  it('that somebody has changed says so, and names the row', async () => {
    const hub = await bend("DROP TRIGGER audit_stays; UPDATE audit SET who = 'hub' WHERE n = 2")
    await expect.poll(() => hub.lines.find(({ what }) => what === 'the audit log is not as it was written')?.facts).toEqual({ row: 2, why: 'changed' })
  })
  it('whose end is gone writes that down itself', async () => {
    await bend('DROP TRIGGER audit_remains; DELETE FROM audit WHERE n > 2')
    const desk = openDesk(folder(), { mustExist: true })
    if (!desk.ok) throw new Error(desk.error)
    expect(desk.value.audit.list({ limit: 99 }).find(({ n }) => n === 3)).toMatchObject({ what: 'audit.cut', who: 'hub' })
    expect((await desk.value.audit.verify()).gaps).toMatchObject([{ n: 3, what: 'audit.cut' }])
    desk.value.close()
  })
})
