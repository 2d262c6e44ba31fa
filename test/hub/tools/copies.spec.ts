/** Copies by hand: made, read, put back, with what was erased and removed since staying so. */
import { existsSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, writeSync, closeSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openData, type HubData } from '#hub/open-data.ts'
import { runCopies } from '#hub/tools/copies.ts'
import { millis } from '#shared/kernel/time.ts'

let folder: string
let data: HubData | null = null
let chance = 0
const open = (): HubData => {
  const opened = openData({ dataDir: folder, backupDir: join(folder, 'backups') }, { now: () => millis(Date.parse('2026-11-22T12:00:00Z')) }, { bytes: (length) => new Uint8Array(length).fill((chance += 1)) })
  if (!opened.ok) throw new Error(opened.error.type)
  data = opened.value
  return opened.value
}
const close = (): void => {
  data?.close()
  data = null
}
const answer = (id: string) => ({ id, response: id, touchpoint: 'kasse', survey: 'visit', question: 'visit', kind: 'csat5', value: 4, detail: false, at: millis(1), receivedAt: 1, dev: 'd'.repeat(32), channel: 'kiosk', flags: [] }) as unknown as Parameters<HubData['feedback']['add']>[0]
const run = async (...args: readonly string[]): Promise<{ readonly code: number; readonly out: readonly string[]; readonly json: Record<string, unknown> }> => {
  const out: string[] = []
  const code = await runCopies([...args, '--data', folder], (line) => out.push(line), (line) => out.push(line))
  return { code, out, json: code === 2 ? {} : (JSON.parse(out.at(-1)!) as Record<string, unknown>) }
}
const ids = (): readonly string[] => [...data!.feedback.all()].map(({ id }) => id)

/** Of the row that every test begins with. */
const changeBytes = (file: string): void => {
  const at = readFileSync(file).indexOf('kassevisit')
  if (at < 0) throw new Error('the row is not where it was looked for')
  const handle = openSync(file, 'r+')
  writeSync(handle, 'kassa', at)
  closeSync(handle)
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'einklang-copies-'))
  open().feedback.add(answer('one'))
})
afterEach(() => {
  close()
  rmSync(folder, { recursive: true, force: true })
})

describe('npm run backup', () => {
  it('makes a copy beside a running hub, for the hub alone, with its keys', async () => {
    const { code, json } = await run('backup')
    expect([code, json['events']]).toEqual([0, 0])
    const file = join(folder, 'backups', String(json['copy']))
    expect([(statSync(file).mode & 0o777).toString(8), statSync(file).size]).toEqual(['600', json['bytes']])
    expect(readdirSync(join(folder, 'backups')).filter((name) => name.endsWith('-key')).length).toBeGreaterThan(0)
  })
  it('has nothing to copy where there are no data', async () => {
    expect(await runCopies(['backup', '--data', join(folder, 'nowhere')], () => undefined, () => undefined)).toBe(2)
  })
})

describe('npm run verify', () => {
  it('reads the database and every copy, and ends with 1 at the first changed byte', async () => {
    const { json: made } = await run('backup')
    expect((await run('verify')).json).toEqual({ checked: 2, whole: 2, damaged: 0 })
    const copy = join(folder, 'backups', String(made['copy']))
    changeBytes(copy)
    const { code, json, out } = await run('verify')
    expect([code, json]).toEqual([1, { checked: 2, whole: 1, damaged: 1 }])
    expect(out.some((line) => line.includes(`${copy}: damaged`))).toBe(true)
    expect((await run('verify', 'hub-2020.sqlite')).out).toEqual([`there is no copy hub-2020.sqlite in ${join(folder, 'backups')}`])
  })
})

describe('npm run restore', () => {
  it('lets the next start begin from that copy; what is newer lies aside, what was erased or removed since is not back', async () => {
    data!.feedback.add(answer('erased later'))
    data!.people.save({ id: 'a'.repeat(16) as never, name: 'Ada', key: 'ada', role: 'manager', password: 'x', passwordRev: 1, pin: null, pinRev: 0, code: null })
    const older = String((await run('backup')).json['copy'])
    data!.feedback.add(answer('newer'))
    await run('backup')
    data!.erasure.eraseResponse('erased later')
    data!.people.remove('a'.repeat(16) as never)
    close()
    const { code, json } = await run('restore', older)
    expect([code, json['copy']]).toEqual([0, older])
    expect(existsSync(String(json['aside']))).toBe(true)
    open()
    expect(data!.restored).toMatchObject({ name: older, damaged: null })
    expect(ids()).toEqual(['one'])
    expect(data!.people.list()).toEqual([])
    close()
    // Once: the next start goes on with what there is.
    open().feedback.add(answer('two'))
    close()
    expect((open(), ids())).toEqual(['one', 'two'])
  })
  it('takes the newest if asked for it, and changes nothing while a hub runs, with a damaged copy, or without a name', async () => {
    const name = String((await run('backup')).json['copy'])
    expect((await run('restore', 'newest')).out).toEqual(['a hub or a command is at work on these data: end it first. Nothing was changed.'])
    close()
    expect((await run('restore')).out).toEqual([`which copy? One of: newest, ${name}`])
    changeBytes(join(folder, 'backups', name))
    const { code, out } = await run('restore', 'newest')
    expect([code, out[0]!.startsWith(`${name} is damaged`)]).toEqual([2, true])
    expect((open(), ids())).toEqual(['one'])
  })
})
