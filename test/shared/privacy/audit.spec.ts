import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { millis } from '#shared/kernel/time.ts'
import { AUDIT_ACTS, NAMELESS } from '#shared/privacy/audit-act.ts'
import { AUDIT_BEGIN, auditHash, claimsOf, isAuditWord, readAudit, type AuditClaim, type AuditEntry, type AuditRow, type AuditState } from '#shared/privacy/audit.ts'

const entry = (n: number, over: Partial<AuditEntry> = {}): AuditEntry => ({ n, at: millis(1_000 + n), who: 'p1', what: 'session.opened', device: 'd'.repeat(32), object: null, count: 0, ...over })
const chain = (entries: readonly AuditEntry[]): readonly AuditRow[] => {
  let before = AUDIT_BEGIN.hash
  return entries.map((next) => ({ ...next, hash: (before = auditHash(before, next)) }))
}
const claim = ({ n, hash }: AuditRow, anew = false): AuditClaim => ({ n, hash, anew })
const read = (rows: readonly AuditRow[], witnesses: readonly (readonly AuditClaim[])[] = []): AuditState => {
  const reader = readAudit(AUDIT_BEGIN, witnesses)
  for (const row of rows) reader.add(row)
  return reader.end()
}
const THREE = chain([entry(1), entry(2, { what: 'offer.left', object: 'offer/rabatt-10' }), entry(3, { who: 'hub', what: 'retention.ran', device: null, count: 12 })])

describe('a row of the audit log is hashed with the one before it', () => {
  it('over the hash before and the row with its keys sorted, as any other program can compute it', () => {
    const text = `${'0'.repeat(64)}{"at":1001,"count":0,"device":"${'d'.repeat(32)}","n":1,"object":null,"what":"session.opened","who":"p1"}`
    expect(createHash('sha256').update(text).digest('hex')).toBe('839ada58918d17f821eeab2ce0ba076a33c34d91e9a52aaaf1067a816b8dfad4')
    expect(THREE[0]!.hash).toBe('839ada58918d17f821eeab2ce0ba076a33c34d91e9a52aaaf1067a816b8dfad4')
    expect(THREE[2]!.hash).toBe('e2548a916f5d79a00653174767d73c0e0f644ee5cb35b092a453c89d8b2453ee')
  })
})

describe('a chain is read from its beginning', () => {
  it('whole: how many rows, where it ends', () => {
    expect(read(THREE, [THREE.map((row) => claim(row))])).toEqual({ rows: 3, last: { n: 3, hash: THREE[2]!.hash }, gaps: [], broken: null })
  })
  it('behind what went by its age', () => {
    const reader = readAudit({ n: 1, hash: THREE[0]!.hash }, [THREE.map((row) => claim(row))])
    for (const row of THREE.slice(1)) reader.add(row)
    expect(reader.end()).toMatchObject({ rows: 2, broken: null })
  })
  it('a witness may lag behind the log', () => {
    expect(read(THREE, [[claim(THREE[0]!)]]).broken).toBeNull()
  })
  it('names the first row that is not as it was', () => {
    expect(read([THREE[0]!, { ...THREE[1]!, who: 'p2' }, THREE[2]!]).broken).toEqual({ n: 2, why: 'changed' })
    expect(read([THREE[0]!, THREE[2]!]).broken).toEqual({ n: 2, why: 'missing' })
    expect(read([THREE[1]!, THREE[0]!, THREE[2]!]).broken).toEqual({ n: 1, why: 'missing' })
  })
  it('a tail that was cut off is known to the witness', () => {
    expect(read(THREE.slice(0, 2)).broken).toBeNull()
    expect(read(THREE.slice(0, 2), [[claim(THREE[2]!)]]).broken).toEqual({ n: 3, why: 'cut' })
  })
  it('a chain that was written anew from row 2 on fits itself, and not its witness', () => {
    const forged = chain([entry(1), entry(2, { what: 'offer.left', object: 'offer/other' }), entry(3)])
    expect(read(forged).broken).toBeNull()
    expect(read(forged, [THREE.map((row) => claim(row))]).broken).toEqual({ n: 2, why: 'rewritten' })
    expect(read(forged, [[claim(THREE[2]!)]]).broken).toEqual({ n: 3, why: 'rewritten' })
  })
  it('a witness that is gone is noticed, one of two that are left is enough', () => {
    expect(read(THREE, [[], []]).broken).toEqual({ n: 1, why: 'unwitnessed' })
    expect(read(THREE, [[], [claim(THREE[2]!)]]).broken).toBeNull()
    expect(read([], [[], []]).broken).toBeNull()
  })
  it('goes on behind a copy that was put back: the gap is told by the row that follows', () => {
    const after = chain([entry(1), entry(2, { who: 'hub', what: 'backup.restored', object: 'hub-copy', count: 2 })])
    const said = [...THREE.map((row) => claim(row)), claim(after[1]!, true)]
    expect(claimsOf(said)).toEqual(new Map([[1, THREE[0]!.hash], [2, after[1]!.hash]]))
    expect(read(after, [said])).toMatchObject({ broken: null, gaps: [{ n: 2, what: 'backup.restored', missing: 2 }] })
  })
  it('whatever row is changed, removed, doubled, swapped or cut off, it is noticed, and never before its place', () => {
    const words = fc.record({ who: fc.constantFrom(...NAMELESS, 'p1', 'p2'), what: fc.constantFrom(...AUDIT_ACTS), object: fc.constantFrom(null, 'a', 'b'), count: fc.nat(3) })
    const attack = fc.constantFrom('who', 'what', 'object', 'count', 'at', 'device', 'hash', 'remove', 'swap', 'double', 'cut')
    fc.assert(fc.property(fc.array(words, { minLength: 1, maxLength: 8 }), fc.nat(), attack, (list, pick, how) => {
      const rows = chain(list.map((word, i) => entry(i + 1, word)))
      const witness = [claim(rows.at(-1)!)]
      const at = pick % rows.length
      const row = rows[at]!
      const bent: { readonly [how: string]: () => readonly AuditRow[] } = {
        remove: () => rows.toSpliced(at, 1),
        swap: () => (rows.length < 2 ? [] : rows.map((_, i) => (i === at ? rows[(at + 1) % rows.length]! : i === (at + 1) % rows.length ? row : rows[i]!))),
        double: () => rows.toSpliced(at, 0, row),
        cut: () => rows.slice(0, at),
        who: () => rows.with(at, { ...row, who: `${row.who}x` }),
        what: () => rows.with(at, { ...row, what: row.what === 'audit.cut' ? 'audit.aged' : 'audit.cut' }),
        object: () => rows.with(at, { ...row, object: row.object === null ? 'x' : null }),
        count: () => rows.with(at, { ...row, count: row.count + 1 }),
        at: () => rows.with(at, { ...row, at: millis(row.at + 1) }),
        device: () => rows.with(at, { ...row, device: null }),
        hash: () => rows.with(at, { ...row, hash: row.hash.replace(/./, (c) => (c === '0' ? '1' : '0')) }),
      }
      expect(read(rows, [witness]).broken).toBeNull()
      const { broken } = read(bent[how]!(), [witness])
      expect(broken).not.toBeNull()
      expect(broken!.n).toBeGreaterThanOrEqual(how === 'swap' ? 1 : at + 1)
    }), { numRuns: 300 })
  })
})

describe('an entry holds ids alone', () => {
  const word = { who: 'p1', what: 'contact.opened', device: null, object: 'visit-77' } as const
  it('no names, no words, no broken counts', () => {
    expect(isAuditWord(word)).toBe(true)
    expect(isAuditWord({ ...word, who: 'Anna Muster' })).toBe(false)
    expect(isAuditWord({ ...word, object: 'anna@example.org' })).toBe(false)
    expect(isAuditWord({ ...word, object: '' })).toBe(false)
    expect(isAuditWord({ ...word, object: 'x'.repeat(81) })).toBe(false)
    expect(isAuditWord({ ...word, count: -1 })).toBe(false)
    expect(isAuditWord({ ...word, count: 1.5 })).toBe(false)
  })
  it('and acts are listed once, in the order of the alphabet', () => {
    expect(AUDIT_ACTS).toEqual([...new Set(AUDIT_ACTS)].toSorted())
  })
})
