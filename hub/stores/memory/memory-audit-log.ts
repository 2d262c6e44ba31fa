/** The audit log in memory, with a witness that remembers beside it. */
import type { AuditLog } from '#hub/ports/audit.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { AUDIT_BEGIN, auditHash, isAuditWord, readAudit, type AuditClaim, type AuditPlace, type AuditRow, type AuditWord } from '#shared/privacy/audit.ts'
import type { AuditQueryFields } from '#shared/protocol/privacy.ts'
import type { MemoryBox } from './memory-box.ts'

export const memoryAuditLog = (box: MemoryBox, transactions: Transactions, clock: Clock): AuditLog => {
  const claims: AuditClaim[] = []
  const baseOf = (): AuditPlace => box.state.auditBase.at(-1) ?? AUDIT_BEGIN
  const record = (word: AuditWord): void => {
    if (!isAuditWord(word)) throw new Error(`not an entry of the audit log: ${word.what}`)
    transactions.run((tx) => {
      const before = box.state.audit.at(-1) ?? baseOf()
      const entry = { n: before.n + 1, at: clock.now(), ...word, count: word.count ?? 0 }
      const row: AuditRow = { ...entry, hash: auditHash(before.hash, entry) }
      box.state.audit.push(row)
      tx.afterCommit(() => claims.push({ n: row.n, hash: row.hash, anew: false }))
    })
  }
  return {
    record,
    list: (query) => box.state.audit.filter((row) => isAsked(query, row)).toReversed().slice(0, query.limit),
    all: () => [...box.state.audit],
    actors: () => [...new Set(box.state.audit.map(({ who }) => who).toReversed())],
    oldest: () => box.state.audit[0]?.at ?? null,
    verify: async () => {
      const reader = readAudit(baseOf(), [claims])
      for (const row of box.state.audit) reader.add(row)
      return reader.end()
    },
    // it lives as long as its witness
    tellGap: (restored) => {
      if (restored) record({ who: 'hub', what: 'backup.restored', device: null, object: restored.name })
    },
    age: (at) =>
      transactions.run(() => {
        const young = box.state.audit.findIndex((row) => row.at >= at)
        const gone = box.state.audit.splice(0, young < 0 ? Math.max(0, box.state.audit.length - 1) : young)
        const last = gone.at(-1)
        if (!last) return 0
        box.state.auditBase.push({ n: last.n, hash: last.hash })
        record({ who: 'hub', what: 'audit.aged', device: null, object: null, count: gone.length })
        return gone.length
      }),
  }
}

const isAsked = ({ before, who, what, from, until }: AuditQueryFields, row: AuditRow): boolean =>
  (before === undefined || row.n < before) && (who === undefined || row.who === who) && (what === undefined || row.what === what) && (from === undefined || row.at >= from) && (until === undefined || row.at <= until)
