/** A copy that is put back knows nobody who was removed since, and no password that was changed since. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openData, type HubData } from '#hub/open-data.ts'
import type { Person } from '#hub/ports/people.ts'
import type { PersonId } from '#shared/devices/person.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'

const TABLET = 'd'.repeat(32) as DeviceId
let folder: string
let data: HubData
let chance = 0
const at = (name: string): string => join(folder, name)
const open = (): HubData => {
  const opened = openData({ dataDir: folder, backupDir: at('backups') }, { now: () => millis(1_800_000_000_000) }, { bytes: (length) => new Uint8Array(length).fill((chance += 1)) })
  if (!opened.ok) throw new Error(opened.error.type)
  return opened.value
}
const person = (name: string, over: Partial<Person> = {}): Person => ({ id: `${name}0000000000000000`.slice(0, 16) as PersonId, name, key: name.toLowerCase(), role: 'manager', password: `hash of ${name}`, passwordRev: 1, pin: null, pinRev: 0, code: null, ...over })
const listed = () => data.people.list().map(({ name, password, passwordRev }) => [name, password, passwordRev])
/** As the hub's own command does it: the database goes, the copy takes its place. */
const putBack = (copy: string): void => {
  data.close()
  for (const part of ['-wal', '-shm']) rmSync(at(`hub.sqlite${part}`), { force: true })
  copyFileSync(copy, at('hub.sqlite'))
  data = open()
}
const copy = (): string => {
  data.close()
  copyFileSync(at('hub.sqlite'), at('old-copy'))
  data = open()
  return at('old-copy')
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'einklang-people-'))
  data = open()
})
afterEach(() => {
  data.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('a copy that is put back', () => {
  it('brings back nobody who was removed, no old password, and loses nobody who came', () => {
    for (const one of [person('Ada'), person('Bo')]) data.people.save(one)
    data.people.noteKnownAt(person('Bo').id, TABLET, millis(1))
    const old = copy()
    data.people.remove(person('Bo').id)
    data.people.save(person('Ada', { password: 'another hash', passwordRev: 2 }))
    data.people.save(person('Cem', { role: 'staff' }))
    putBack(old)
    expect(listed()).toEqual([['Ada', 'another hash', 2], ['Cem', 'hash of Cem', 1]])
    expect(data.people.isKnownAt(person('Bo').id, TABLET)).toBe(false)
    // And again, from the file beside the copies alone.
    rmSync(at('people-list.json'))
    putBack(old)
    expect(listed()).toEqual([['Ada', 'another hash', 2], ['Cem', 'hash of Cem', 1]])
  })
  it('is the list itself where the file belongs to another database, or cannot be read', () => {
    data.people.save(person('Ada'))
    const old = copy()
    data.people.remove(person('Ada').id)
    const list = JSON.parse(readFileSync(at('people-list.json'), 'utf8')) as { readonly n: number }
    for (const file of [at('people-list.json'), at('backups/people-list.json')]) writeFileSync(file, file.includes('backups') ? '{"n":' : JSON.stringify({ ...list, db: 'of another store' }))
    putBack(old)
    expect(listed()).toEqual([['Ada', 'hash of Ada', 1]])
  })
})

describe('the list beside the database', () => {
  it('names nobody who is gone, is for the hub alone, and follows a change that failed by nothing', () => {
    data.people.save(person('Ada'))
    data.people.save(person('Bo', { code: { hash: 'hash of a code', expiresAt: millis(1), wrongTries: 0 } }))
    expect(readFileSync(at('people-list.json'), 'utf8')).not.toContain('hash of a code')
    data.people.remove(person('Bo').id)
    expect(() => data.people.save(person('Eva', { key: 'ada' }))).toThrow()
    for (const file of [at('people-list.json'), at('backups/people-list.json')]) {
      const text = readFileSync(file, 'utf8')
      expect([text.includes('Ada'), text.includes('Bo'), text.includes('Eva'), (statSync(file).mode & 0o777).toString(8)]).toEqual([true, false, false, '600'])
    }
  })
  it('is written at the next start where it is missing or older', () => {
    data.people.save(person('Ada'))
    const before = readFileSync(at('people-list.json'), 'utf8')
    data.people.save(person('Bo'))
    const after = readFileSync(at('people-list.json'), 'utf8')
    data.close()
    rmSync(at('backups/people-list.json'))
    writeFileSync(at('people-list.json'), before)
    data = open()
    expect([readFileSync(at('people-list.json'), 'utf8'), readFileSync(at('backups/people-list.json'), 'utf8')]).toEqual([after, after])
    expect(listed()).toHaveLength(2)
  })
})
