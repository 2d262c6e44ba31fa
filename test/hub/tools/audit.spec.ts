import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runAudit } from '#hub/tools/audit.ts'
import { runExport } from '#hub/tools/export.ts'
import { openDesk } from '#hub/tools/open-desk.ts'
import { teachDigests } from '#hub/stores/sqlite/database/row-digests.ts'
import { millis } from '#shared/kernel/time.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'einklang-audit-'))
  withDesk((desk) => {
    desk.audit.record({ who: 'a1b2', what: 'offer.left', device: 'd'.repeat(32), object: 'rabatt-10' })
    desk.audit.record({ who: 'hub', what: 'retention.ran', device: null, object: 'taps', count: 12 })
  })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const withDesk = (work: (desk: Extract<ReturnType<typeof openDesk>, { readonly ok: true }>['value']) => void): void => {
  const desk = openDesk(folder, { mustExist: false })
  if (!desk.ok) throw new Error(desk.error)
  work(desk.value)
  desk.value.close()
}
const run = async (...args: readonly string[]): Promise<{ readonly code: number; readonly out: readonly string[] }> => {
  const out: string[] = []
  const code = await runAudit([...args, '--data', folder], (line) => out.push(line), (line) => out.push(line))
  return { code, out }
}

describe('npm run audit', () => {
  it('-- verify says that every row is as it was written', async () => {
    expect(await run('verify')).toEqual({ code: 0, out: ['2 rows, each as it was written', '{"rows":2,"gaps":[],"broken":null}'] })
  })
  it('-- verify names the first row that is not, and ends with 1', async () => {
    const sql = new DatabaseSync(join(folder, 'hub.sqlite'))
    teachDigests(sql)
    sql.exec("DROP TRIGGER audit_stays; UPDATE audit SET who = 'c3d4' WHERE n = 1")
    sql.close()
    expect(await run('verify')).toEqual({ code: 1, out: ['row 1 was changed', '{"rows":2,"gaps":[],"broken":{"n":1,"why":"changed"}}'] })
  })
  it('-- list shows the newest first, of one person or one act', async () => {
    expect((await run('list')).out.map((line) => line.replace(/\d{4}-\S+Z/, 'TIME'))).toEqual([
      '     2  TIME  hub               retention.ran       -         taps  x12',
      '     1  TIME  a1b2              offer.left          dddddddd  rabatt-10',
    ])
    expect((await run('list', '--who', 'a1b2')).out).toHaveLength(1)
    expect((await run('list', '--what', 'retention.ran', '--limit', '1')).out).toHaveLength(1)
  })
  it('-- export gives all rows with their hashes, and is a row itself', async () => {
    const { out } = await run('export')
    expect([out[0], out.length]).toEqual(['n,at,who,what,device,object,count,hash', 3])
    expect((await run('list', '--limit', '1')).out[0]).toContain('audit.exported')
  })
  it('says what it does not know', async () => {
    expect(await run('forget')).toEqual({ code: 2, out: ['audit what? npm run audit -- verify|list|export'] })
    expect((await run('list', '--what', 'sleep')).out[0]).toContain('"sleep" is no act')
    expect(await runAudit(['verify', '--data', join(folder, 'none')], () => undefined, () => undefined)).toBe(2)
  })
})

describe('an export of feedback', () => {
  const answer = (i: number, over: object = {}) => ({ id: `${i}`, response: `r${i}`, touchpoint: 'kasse', survey: 's', question: 'visit', kind: 'csat5' as const, value: 5, detail: false, at: millis(Date.parse('2026-11-20T09:07:31Z')), receivedAt: 1, dev: 'k', channel: 'kiosk' as const, flags: [], ...over })
  const exported = (...args: readonly string[]): readonly string[] => {
    const out: string[] = []
    runExport(['feedback', ...args, '--data', folder], (line) => out.push(line), () => undefined)
    return out
  }
  beforeEach(() =>
    withDesk(({ feedback }) => {
      for (let i = 0; i < 6; i++) feedback.add(answer(i))
      feedback.add(answer(6, { touchpoint: 'obst', question: 'words', kind: 'text', value: '=HYPERLINK("http://x.example")' }))
    }),
  )
  it('is a row of the audit log, with how many rows it had', async () => {
    exported()
    expect((await run('list', '--limit', '1')).out[0]).toMatch(/console +feedback\.exported +- +feedback {2}x7$/)
  })
  it('to be handed on tells days, and no place where fewer than five answered', () => {
    expect(exported('--coarse')).toEqual([
      'when,touchpoint,survey,question,kind,value,channel',
      '2026-11,,s,words,text,"\'=HYPERLINK(""http://x.example"")",kiosk',
      ...Array.from({ length: 6 }, () => '2026-11-20,kasse,s,visit,csat5,5,kiosk'),
    ])
  })
})
