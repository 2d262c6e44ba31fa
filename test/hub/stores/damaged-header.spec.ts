import { mkdtempSync, openSync, closeSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { millis } from '#shared/kernel/time.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'einklang-header-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a database whose first bytes have changed', () => {
  it.each([0, 7, 15])('at byte %i is damaged, so a copy takes its place', (at) => {
    const made = openDatabase(folder, millis(1))
    if (made.ok) made.value.close()
    const file = openSync(join(folder, 'hub.sqlite'), 'r+')
    writeSync(file, Buffer.from([0xff]), 0, 1, at)
    closeSync(file)
    expect(openDatabase(folder, millis(2))).toMatchObject({ ok: false, error: { type: 'Damaged' } })
  })
})
