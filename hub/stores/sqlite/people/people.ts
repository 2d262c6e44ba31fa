/** People in the database. */
import type { DatabaseSync } from 'node:sqlite'
import type { PeopleStore, Person } from '#hub/ports/people.ts'
import type { PersonId, PersonRole } from '#shared/devices/person.ts'
import type { Millis } from '#shared/kernel/time.ts'
import { rowMemory } from '../database/row-memory.ts'
import { allRows, oneRow } from '../database/rows.ts'

type PersonRow = {
  readonly id: PersonId
  readonly name: string
  readonly key: string
  readonly role: PersonRole
  readonly password: string | null
  readonly password_rev: number
  readonly pin: string | null
  readonly pin_rev: number
  readonly code_hash: string | null
  readonly code_until: Millis | null
  readonly code_tries: number
}
type TriesRow = { readonly count: number; readonly since: Millis; readonly in_all: number }

const PERSON = 'id, name, key, role, password, password_rev, pin, pin_rev, code_hash, code_until, code_tries'

export const sqlitePeopleStore = (sql: DatabaseSync): PeopleStore => {
  const byId = sql.prepare(`SELECT ${PERSON} FROM person WHERE id = ?`)
  const byKey = sql.prepare(`SELECT ${PERSON} FROM person WHERE key = ?`)
  const all = sql.prepare(`SELECT ${PERSON} FROM person ORDER BY key`)
  const save = sql.prepare(`INSERT INTO person (${PERSON}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, key = excluded.key, role = excluded.role, password = excluded.password, password_rev = excluded.password_rev,
      pin = excluded.pin, pin_rev = excluded.pin_rev, code_hash = excluded.code_hash, code_until = excluded.code_until, code_tries = excluded.code_tries`)
  const remove = sql.prepare('DELETE FROM person WHERE id = ?')
  const known = sql.prepare('SELECT 1 FROM person_device WHERE person = ? AND dev = ?')
  const note = sql.prepare('INSERT OR REPLACE INTO person_device (person, dev, at) VALUES (?, ?, ?)')
  const forgetKnown = sql.prepare('DELETE FROM person_device WHERE person = ?')
  const tries = sql.prepare('SELECT count, since, in_all FROM sign_in_try WHERE dev = ? AND subject = ?')
  const saveTries = sql.prepare('INSERT OR REPLACE INTO sign_in_try (dev, subject, count, since, in_all) VALUES (?, ?, ?, ?, ?)')
  const forgetTries = sql.prepare('DELETE FROM sign_in_try WHERE dev = ? AND subject = ?')
  const forgetTriesOf = sql.prepare('DELETE FROM sign_in_try WHERE subject = ?')
  const prune = sql.prepare('DELETE FROM sign_in_try WHERE since < ? AND substr(subject, 1, ?) <> ?')
  // Asked for by every event of a person.
  const memory = rowMemory(sql)
  return {
    find: (id) => memory.recall(id, () => toPerson(oneRow<PersonRow>(byId, id))),
    findByKey: (key) => toPerson(oneRow<PersonRow>(byKey, key)),
    list: () => allRows<PersonRow>(all).map((row) => toPerson(row)!),
    save: (p) => {
      save.run(p.id, p.name, p.key, p.role, p.password, p.passwordRev, p.pin, p.pinRev, p.code?.hash ?? null, p.code?.expiresAt ?? null, p.code?.wrongTries ?? 0)
      memory.forget()
    },
    remove: (id) => {
      forgetKnown.run(id)
      const gone = remove.run(id).changes === 1
      memory.forget()
      return gone
    },
    isKnownAt: (id, dev) => known.get(id, dev) !== undefined,
    noteKnownAt: (id, dev, at) => void note.run(id, dev, at),
    forgetKnown: (id) => void forgetKnown.run(id),
    tries: (dev, subject) => {
      const row = oneRow<TriesRow>(tries, dev, subject)
      return row && { count: row.count, since: row.since, inAll: row.in_all }
    },
    saveTries: (dev, subject, t) => void saveTries.run(dev, subject, t.count, t.since, t.inAll),
    forgetTries: (dev, subject) => void forgetTries.run(dev, subject),
    forgetTriesOf: (subject) => void forgetTriesOf.run(subject),
    pruneTries: (before, keep) => void prune.run(before, keep.length, keep),
  }
}

const toPerson = (row: PersonRow | null): Person | null =>
  row && {
    id: row.id,
    name: row.name,
    key: row.key,
    role: row.role,
    password: row.password,
    passwordRev: row.password_rev,
    pin: row.pin,
    pinRev: row.pin_rev,
    code: row.code_hash === null ? null : { hash: row.code_hash, expiresAt: row.code_until!, wrongTries: row.code_tries },
  }
