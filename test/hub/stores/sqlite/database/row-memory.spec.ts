import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rowMemory } from '#hub/stores/sqlite/database/row-memory.ts'

let folder = ''
let [own, other]: DatabaseSync[] = []
let now = 1000

const open = (): DatabaseSync => {
  const sql = new DatabaseSync(join(folder, 'x.sqlite'))
  sql.exec('PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS word (n INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT')
  return sql
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'einklang-memory-'))
  ;[own, other] = [open(), open()]
  now = 1000
})
afterEach(() => {
  own!.close()
  other!.close()
  rmSync(folder, { recursive: true, force: true })
})

const asked = () => {
  const reads: string[] = []
  const memory = rowMemory(own!, () => now)
  const find = (key: string): string | null =>
    memory.recall(key, () => {
      reads.push(key)
      return (own!.prepare('SELECT text FROM word WHERE n = ?').get(Number(key)) as { readonly text: string } | undefined)?.text ?? null
    })
  return { memory, find, reads }
}
const say = (sql: DatabaseSync, text: string): void => void sql.prepare('INSERT OR REPLACE INTO word (n, text) VALUES (1, ?)').run(text)

describe('a row that is held in memory', () => {
  it('is read once', () => {
    say(own!, 'one')
    const { find, reads } = asked()
    expect([find('1'), find('1'), find('1')]).toEqual(['one', 'one', 'one'])
    expect(reads).toEqual(['1'])
  })

  it('is read again after a write of this connection', () => {
    say(own!, 'one')
    const { find, memory } = asked()
    find('1')
    say(own!, 'two')
    memory.forget()
    expect(find('1')).toBe('two')
  })

  it('is read again 20 ms after another connection wrote, and not before', () => {
    say(own!, 'one')
    const { find } = asked()
    find('1')
    say(other!, 'two')
    now += 19
    expect(find('1')).toBe('one')
    now += 1
    expect(find('1')).toBe('two')
  })

  it('is not held while a transaction runs, which may be undone', () => {
    say(own!, 'one')
    const { find, memory } = asked()
    own!.exec('BEGIN')
    say(own!, 'two')
    memory.forget()
    expect(find('1')).toBe('two')
    own!.exec('ROLLBACK')
    expect(find('1')).toBe('one')
  })

  it('is looked for each time as long as it is not there', () => {
    const { find, reads } = asked()
    expect([find('1'), find('1')]).toEqual([null, null])
    expect(reads).toEqual(['1', '1'])
  })

  it('is read again when it no longer holds', () => {
    const memory = rowMemory(own!, () => now)
    let read = 0
    const until = (limit: number): number => memory.recall('x', () => (read += 1), () => now < limit)
    expect([until(1010), until(1010)]).toEqual([1, 1])
    now = 1010
    expect(until(1010)).toBe(2)
  })
})
