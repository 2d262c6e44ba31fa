/**
 * What was withdrawn, in a file beside the database and one beside its copies: a copy is older than the wish that a lost tablet, a token, a sign or a receiver counts no more.
 * Numbers only; of a sign, which is known by its code alone, the hash of it.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { AccessTokens } from '#hub/ports/access-tokens.ts'
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { ListeningStore } from '#hub/ports/listening-store.ts'
import type { OutgoingCalls } from '#hub/ports/outgoing-events.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { bytesToHex, utf8 } from '#shared/kernel/bytes.ts'
import { sha256 } from '#shared/kernel/sha256.ts'
import { appendLines, readLines } from '../care/line-file.ts'
import { allRows } from '../database/rows.ts'

const FILE = 'revoked-ids'
const LINE = /^(device|token|sign|receiver) (\S+) (\d{1,15})$/
type Kind = 'device' | 'token' | 'sign' | 'receiver'
type Revoked = { readonly kind: Kind; readonly id: string; readonly at: number }
type Stores = { readonly devices: DeviceStore; readonly tokens: AccessTokens; readonly listening: ListeningStore; readonly outgoing: OutgoingCalls }

/** As the stores, with all that they withdraw in the files too. What a cut comes before is written down at the next start. */
export const revokingBeside = ({ devices, tokens, listening, outgoing }: Stores, folders: readonly string[], now: () => number): Stores => {
  const note = (kind: Kind, id: string, done: boolean): boolean => {
    if (done) for (const folder of folders) appendLines(folder, FILE, [lineOf({ kind, id, at: now() })])
    return done
  }
  return {
    devices: { ...devices, revoke: (dev, at) => note('device', dev, devices.revoke(dev, at)) },
    tokens: { ...tokens, revoke: (id, at) => note('token', id, tokens.revoke(id, at)) },
    listening: {
      ...listening,
      revokeSign: (touchpoint, serial, at) => {
        const sign = listening.sign(touchpoint, serial)
        listening.revokeSign(touchpoint, serial, at)
        if (sign && sign.revokedAt === null) note('sign', hashOf(sign.code), true)
      },
    },
    outgoing: { ...outgoing, end: (id) => note('receiver', id, outgoing.end(id)) },
  }
}

/**
 * Withdraws once more what the files name and this database, put back from a copy, does not know; and writes down what only the database knows.
 * Shape  how many came from the files.
 */
export const revokeAgain = (sql: DatabaseSync, transactions: Transactions, folders: readonly string[]): number => {
  const listed = folders.map((folder) => readLines(folder, FILE))
  const known = new Map(listed.flat().flatMap((line) => { const one = read(line); return one ? [[`${one.kind} ${one.id}`, one] as const] : [] }))
  const own = ownRevoked(sql)
  for (const [i, folder] of folders.entries()) {
    const there = new Set(listed[i]!.map((line) => line.split(' ').slice(0, 2).join(' ')))
    appendLines(folder, FILE, [...new Map([...known, ...own.map((one) => [`${one.kind} ${one.id}`, one] as const)]).values()].filter(({ kind, id }) => !there.has(`${kind} ${id}`)).map(lineOf))
  }
  return known.size === 0 ? 0 : transactions.run(() => strike(sql, [...known.values()]))
}

const strike = (sql: DatabaseSync, revoked: readonly Revoked[]): number => {
  const codes = new Map(allRows<{ readonly code: string }>(sql.prepare('SELECT code FROM feedback_sign WHERE revoked_at IS NULL')).map(({ code }) => [hashOf(code), code]))
  const device = sql.prepare('UPDATE device SET revoked_at = ? WHERE dev = ? AND revoked_at IS NULL')
  const token = sql.prepare('UPDATE access_token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL')
  const sign = sql.prepare('UPDATE feedback_sign SET revoked_at = ? WHERE code = ? AND revoked_at IS NULL')
  const receiver = sql.prepare('DELETE FROM receiver WHERE id = ?')
  let rows = 0
  for (const { kind, id, at } of revoked) {
    if (kind === 'receiver') rows += Number(receiver.run(id).changes)
    else if (kind === 'sign') rows += codes.has(id) ? Number(sign.run(at, codes.get(id)!).changes) : 0
    else rows += Number((kind === 'device' ? device : token).run(at, id).changes)
  }
  return rows
}

const ownRevoked = (sql: DatabaseSync): readonly Revoked[] => {
  type Row = { readonly id: string; readonly at: number }
  const of = (kind: Kind, text: string): readonly Revoked[] => allRows<Row>(sql.prepare(text)).map(({ id, at }) => ({ kind, id: kind === 'sign' ? hashOf(id) : id, at }))
  return [
    ...of('device', 'SELECT dev AS id, revoked_at AS at FROM device WHERE revoked_at IS NOT NULL'),
    ...of('token', 'SELECT id, revoked_at AS at FROM access_token WHERE revoked_at IS NOT NULL'),
    ...of('sign', 'SELECT code AS id, revoked_at AS at FROM feedback_sign WHERE revoked_at IS NOT NULL'),
  ]
}

const lineOf = ({ kind, id, at }: Revoked): string => `${kind} ${id} ${at}`

const read = (line: string): Revoked | null => {
  const [, kind, id, at] = LINE.exec(line) ?? []
  return kind === undefined ? null : { kind: kind as Kind, id: id!, at: Number(at) }
}

const hashOf = (code: string): string => bytesToHex(sha256(utf8(`sign ${code}`)))
