import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openData, type HubData } from '#hub/open-data.ts'
import { addPerson } from '#hub/use-cases/people/keep-people.ts'
import { teachDigests } from '#hub/stores/sqlite/database/row-digests.ts'
import { personCodeHash } from '#hub/use-cases/people/choose-password.ts'
import { openCode } from '#shared/devices/pairing.ts'
import { askWithCode, consoleKeyHash, ticketHash } from '#shared/devices/asked-pairing.ts'
import { codeHash, codeSelector, type CodeText } from '#shared/devices/pairing-code.ts'
import { millis } from '#shared/kernel/time.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')
const CODE = '7K3Q9XMA' as CodeText
let folder: string
let data: HubData
const clock = { now: () => millis(NOW) }
let seed = 7
const random = { bytes: (n: number) => Uint8Array.from({ length: n }, () => (seed = (seed * 48_271) % 2_147_483_647) & 255) }
const start = (): void => {
  const opened = openData({ dataDir: folder, backupDir: join(folder, 'backups') }, clock, random)
  if (!opened.ok) throw new Error('no data')
  data = opened.value
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'einklang-codes-'))
  start()
})
afterEach(() => {
  data.close()
  rmSync(folder, { recursive: true, force: true })
})
const raw = <T>(query: string, ...values: readonly string[]): readonly T[] => {
  const sql = new DatabaseSync(join(folder, 'hub.sqlite'))
  teachDigests(sql)
  try {
    return sql.prepare(query).all(...values) as unknown as readonly T[]
  } finally {
    sql.close()
  }
}
const addIda = (): string => {
  const made = addPerson({ ...data, clock, random, sessions: { endOf: () => undefined } }, { name: 'Ida Falk', role: 'staff' }, { who: 'console', device: null })
  if (made.type !== 'code') throw new Error('not added')
  return made.code
}
const keptOfPeople = () => raw<{ readonly code_hash: string }>('SELECT code_hash FROM person').map(({ code_hash: kept }) => kept)

describe('a one-time code', () => {
  it('of a person lies in the database under a cover: the hash that anybody could try codes against is not there, nor anything that is the same with another key', () => {
    const code = addIda()
    const [kept] = keptOfPeople()
    expect(kept).toMatch(/^covered-[0-9a-f]{64}$/)
    expect(kept).not.toContain(personCodeHash(code))
    expect(data.people.list().map((one) => one.code?.hash)).toEqual([personCodeHash(code)])
    expect(data.people.findByKey('ida falk')?.code).toEqual({ hash: personCodeHash(code), expiresAt: NOW + 24 * 3_600_000, wrongTries: 0 })
    data.close()
    rmSync(join(folder, 'hub-key'))
    rmSync(join(folder, 'backups'), { recursive: true, force: true })
    start()
    expect(data.people.list().map((one) => one.code?.hash)).not.toEqual([personCodeHash(code)])
  })
  it('that lay bare from before counts still, and is covered by the next start', () => {
    const code = addIda()
    data.close()
    raw('UPDATE person SET code_hash = ?', personCodeHash(code)!)
    start()
    expect(keptOfPeople()).toEqual([expect.stringMatching(/^covered-/)])
    expect(data.people.list().map((one) => one.code?.hash)).toEqual([personCodeHash(code)])
  })
  it('that pairs a device does too, with what the console shows for it', () => {
    const open = openCode(CODE, { roles: ['manager'], name: null, touchpoint: null, expiresAt: millis(NOW + 1000), usesLeft: 1, confirm: 'console' })
    const asked = askWithCode(open, { code: CODE, role: 'manager', name: 'Büro', pub: 'B', number: '482913', ticketHash: ticketHash('one'), keyHash: consoleKeyHash('7KQM'), instead: null, now: millis(NOW) }).next!
    data.codes.save(asked)
    const kept = JSON.stringify(raw('SELECT * FROM pairing_code'), (key, value: unknown) => (key === 'row_digest' ? null : value))
    for (const hash of [codeHash(CODE), consoleKeyHash('7KQM')]) expect(kept).not.toContain(hash)
    expect(data.codes.find(codeSelector(CODE))).toEqual(asked)
    expect(data.codes.asked()).toEqual([asked])
  })
})
