/** A hub of before, whose tables tied answers to what they should not be tied to. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { MIGRATIONS } from '#hub/stores/sqlite/database/migrations.ts'
import { damagedRows } from '#hub/stores/sqlite/database/row-digests.ts'
import { millis } from '#shared/kernel/time.ts'

it('keeps what waits and what is counted, without scores, ids and moments', () => {
  const folder = mkdtempSync(join(tmpdir(), 'einklang-forgetting-'))
  try {
    const before = openDatabase(folder, millis(0), MIGRATIONS.filter(({ name }) => name !== 'forgetting-1'))
    if (!before.ok) throw new Error(before.error.type)
    const old = before.value
    for (const id of ['a', 'b', 'c']) old.prepare(`INSERT INTO feedback (id, dev, response, touchpoint, survey, question, kind, score, detail, at, received_at, channel) VALUES (?1, 'k', ?1, 'exit', 's', 'q', 'csat5', 4, 0, 1, 1, 'kiosk')`).run(id)
    const call = (id: string, event: string, data: object, state: string) => old.prepare(`INSERT INTO outgoing_call (id, receiver, event, data, state, made_at, tries, next_at) VALUES (?, 'r', ?, ?, ?, 1, 0, 1)`).run(id, event, JSON.stringify(data), state)
    const told = (refs: readonly string[]) => ({ refs, items: refs.map((id) => ({ id, value: 4 })) })
    call('m1', 'feedback.received', told(['b', 'c']), 'waiting')
    call('m2', 'feedback.received', told(['erased']), 'waiting')
    call('m3', 'feedback.received', told(['a']), 'taken')
    call('m4', 'alarm.opened', { id: 7 }, 'waiting')
    old.exec(`
      INSERT INTO answered_visit (dev, sid, at) VALUES ('k', 'v1', 1234567);
      INSERT INTO erased (id) VALUES ('gone');
      INSERT INTO erased_receipt (hash) VALUES ('h1'), ('h2');
      INSERT INTO receipt_event (hash, id) VALUES ('h1', 'gone'), ('h3', 'a');
      INSERT INTO board_voice (id, at) VALUES ('gone', 1), ('a', 2);
    `)
    old.close()
    const after = openDatabase(folder, millis(0))
    if (!after.ok) throw new Error(after.error.type)
    const rows = (query: string) => after.value.prepare(query).all().map((row) => Object.values(row))
    expect(rows('SELECT id, state, data FROM outgoing_call ORDER BY n')).toEqual([['m1', 'waiting', '{"after":1,"upTo":3}'], ['m3', 'taken', '{"after":0,"upTo":1}'], ['m4', 'waiting', '{"id":7}']])
    expect(rows(`SELECT name FROM pragma_table_info('answered_visit')`).flat()).toEqual(['dev', 'sid'])
    expect(rows('SELECT dev, sid FROM answered_visit')).toEqual([['k', 'v1']])
    expect(rows('SELECT hash, arrived FROM erased_receipt ORDER BY hash')).toEqual([['h1', 1], ['h2', 0]])
    expect(rows('SELECT hash, id FROM receipt_event')).toEqual([['h3', 'a']])
    expect(rows('SELECT id FROM board_voice')).toEqual([['a']])
    expect(damagedRows(after.value, 9)).toEqual([])
    after.value.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
