/** Paired devices and open pairing codes in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import type { DeviceReport, DeviceStore, PairedDevice, PairingCodeStore } from '#hub/ports/devices.ts'
import type { Asked, Confirmer, PairingCode } from '#shared/devices/pairing.ts'
import type { DeviceProfile, ProfileDraft } from '#shared/devices/profile.ts'
import type { Role } from '#shared/devices/role.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { RefusedRelease, StorageTrouble, UnreadNote } from '#shared/sync/wire.ts'
import { rowMemory } from '../database/row-memory.ts'
import { allRows, oneRow } from '../database/rows.ts'

type DeviceRow = {
  readonly dev: DeviceId
  readonly name: string
  readonly role: Role
  readonly touchpoint: string | null
  readonly pub: string
  readonly key_id: string
  readonly token_hash: string
  readonly paired_at: Millis
  readonly revoked_at: Millis | null
}
type ReportRow = {
  readonly seen_at: Millis | null
  readonly waiting: number
  readonly release_hash: string | null
  readonly app: string | null
  readonly clock_offset_ms: number | null
  readonly unread: string | null
  readonly next_hash: string | null
  readonly refused: string | null
  readonly storage: string | null
}
type CodeRow = {
  readonly selector: string
  readonly hash: string
  readonly roles: string
  readonly name: string | null
  readonly touchpoint: string | null
  readonly expires_at: Millis
  readonly uses_left: number
  readonly wrong_tries: number
  readonly confirm: Confirmer
  readonly profile: string | null
  readonly asked: string | null
}
const CODE = 'selector, hash, roles, name, touchpoint, expires_at, uses_left, wrong_tries, confirm, profile, asked'
const DEVICE = 'd.dev, d.name, d.role, d.touchpoint, d.pub, d.key_id, d.token_hash, d.paired_at, d.revoked_at'

export const sqliteDeviceStore = (sql: DatabaseSync): DeviceStore => {
  const add = sql.prepare(`INSERT INTO device (dev, name, role, touchpoint, pub, key_id, token_hash, paired_at, revoked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const byDev = sql.prepare(`SELECT ${DEVICE} FROM device d WHERE d.dev = ?`)
  const byKey = sql.prepare(`SELECT ${DEVICE} FROM device d WHERE d.key_id = ? ORDER BY d.n`)
  const all = sql.prepare(`SELECT ${DEVICE}, r.seen_at, r.waiting, r.release_hash, r.app, r.clock_offset_ms, r.unread, r.next_hash, r.refused, r.storage
    FROM device d LEFT JOIN device_report r ON r.dev = d.dev ORDER BY d.n`)
  const report = sql.prepare(`INSERT INTO device_report (dev, seen_at, waiting, release_hash, app, clock_offset_ms, unread, next_hash, refused, storage) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (dev) DO UPDATE SET seen_at = excluded.seen_at, waiting = excluded.waiting, release_hash = excluded.release_hash,
      app = excluded.app, clock_offset_ms = excluded.clock_offset_ms, unread = coalesce(excluded.unread, unread),
      next_hash = coalesce(excluded.next_hash, next_hash), refused = coalesce(excluded.refused, refused), storage = coalesce(excluded.storage, storage)`)
  const copied = sql.prepare('SELECT at FROM device_copied WHERE dev = ?')
  const markCopied = sql.prepare('INSERT OR IGNORE INTO device_copied (dev, at) VALUES (?, ?)')
  const revoke = sql.prepare('UPDATE device SET revoked_at = ? WHERE dev = ? AND revoked_at IS NULL')
  const profileOf = sql.prepare('SELECT body FROM device_profile WHERE dev = ?')
  const saveProfile = sql.prepare('INSERT OR REPLACE INTO device_profile (dev, body, at) VALUES (?, ?, ?)')
  const profiles = sql.prepare('SELECT d.dev, p.body FROM device d JOIN device_profile p ON p.dev = d.dev WHERE d.revoked_at IS NULL ORDER BY d.n')
  const place = sql.prepare('UPDATE device SET touchpoint = ? WHERE dev = ?')
  const rename = sql.prepare('UPDATE device SET name = ? WHERE dev = ?')
  const memory = rowMemory(sql)
  const read = (dev: DeviceId): PairedDevice | null => {
    const row = oneRow<DeviceRow>(byDev, dev)
    return row ? toDevice(row) : null
  }

  return {
    add: (d) => {
      add.run(d.dev, d.name, d.role, d.touchpoint, d.pub, d.keyId, d.tokenHash, d.pairedAt, d.revokedAt)
      memory.forget()
    },
    find: (dev) => memory.recall(dev, () => read(dev)),
    findByKeyId: (keyId) => allRows<DeviceRow>(byKey, keyId).map(toDevice),
    list: () => allRows<DeviceRow & ReportRow>(all).map((row) => Object.assign(toDevice(row), { report: toReport(row) })),
    saveReport: (dev, r) => void report.run(dev, r.seenAt, r.waiting, r.releaseHash, r.app, r.clockOffsetMs, jsonOrNull(r.unread), jsonOrNull(r.nextHash), jsonOrNull(r.refused), jsonOrNull(r.storage)),
    copiedAt: (dev) => oneRow<{ readonly at: Millis }>(copied, dev)?.at ?? null,
    markCopied: (dev, at) => void markCopied.run(dev, at),
    revoke: (dev, at) => {
      const done = revoke.run(at, dev).changes === 1
      memory.forget()
      return done
    },
    profileOf: (dev) => {
      const row = oneRow<{ readonly body: string }>(profileOf, dev)
      return row && (JSON.parse(row.body) as ProfileDraft)
    },
    saveProfile: (dev, profile, at) => void saveProfile.run(dev, JSON.stringify(profile), at),
    profiles: () => allRows<{ readonly dev: string; readonly body: string }>(profiles).map(({ dev, body }): DeviceProfile => Object.assign({ id: dev }, JSON.parse(body) as ProfileDraft)),
    rename: (dev, name) => {
      rename.run(name, dev)
      memory.forget()
    },
    place: (dev, touchpoint) => {
      place.run(touchpoint, dev)
      memory.forget()
    },
  }
}

export const sqlitePairingCodeStore = (sql: DatabaseSync): PairingCodeStore => {
  const find = sql.prepare(`SELECT ${CODE} FROM pairing_code WHERE selector = ?`)
  const asked = sql.prepare(`SELECT ${CODE} FROM pairing_code WHERE asked IS NOT NULL`)
  const save = sql.prepare(`INSERT OR REPLACE INTO pairing_code (${CODE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const remove = sql.prepare('DELETE FROM pairing_code WHERE selector = ?')
  const removePrinted = sql.prepare('DELETE FROM pairing_code WHERE name IS NULL')
  const removeExpired = sql.prepare('DELETE FROM pairing_code WHERE expires_at <= ?')
  return {
    find: (selector) => {
      const row = oneRow<CodeRow>(find, selector)
      return row ? toCode(row) : null
    },
    save: (c) => void save.run(c.selector, c.hash, JSON.stringify(c.roles), c.name, c.touchpoint, c.expiresAt, c.usesLeft, c.wrongTries, c.confirm, c.profile && JSON.stringify(c.profile), c.asked && JSON.stringify(c.asked)),
    asked: () => byAskedAt(allRows<CodeRow>(asked).map(toCode)),
    remove: (selector) => void remove.run(selector),
    removePrinted: () => void removePrinted.run(),
    removeExpired: (now) => void removeExpired.run(now),
  }
}

const toDevice = (row: DeviceRow): PairedDevice => ({
  dev: row.dev,
  name: row.name,
  role: row.role,
  touchpoint: row.touchpoint,
  pub: row.pub,
  keyId: row.key_id,
  tokenHash: row.token_hash,
  pairedAt: row.paired_at,
  revokedAt: row.revoked_at,
})

/** What was not said is kept as it was; "none" is said as JSON's null. */
const jsonOrNull = (said: unknown): string | null => (said === undefined ? null : JSON.stringify(said))

const toReport = (row: ReportRow): DeviceReport | null =>
  row.seen_at === null
    ? null
    : {
        seenAt: row.seen_at,
        waiting: row.waiting,
        releaseHash: row.release_hash,
        app: row.app,
        clockOffsetMs: row.clock_offset_ms,
        ...(row.unread !== null && { unread: JSON.parse(row.unread) as readonly UnreadNote[] }),
        ...(row.next_hash !== null && { nextHash: JSON.parse(row.next_hash) as string | null }),
        ...(row.storage !== null && { storage: JSON.parse(row.storage) as StorageTrouble | null }),
        ...(row.refused !== null && { refused: JSON.parse(row.refused) as RefusedRelease | null }),
      }

const toCode = (row: CodeRow): PairingCode => ({
  selector: row.selector,
  hash: row.hash,
  roles: JSON.parse(row.roles) as readonly Role[],
  name: row.name,
  touchpoint: row.touchpoint,
  expiresAt: row.expires_at,
  usesLeft: row.uses_left,
  wrongTries: row.wrong_tries,
  confirm: row.confirm,
  profile: row.profile === null ? null : (JSON.parse(row.profile) as ProfileDraft),
  asked: row.asked === null ? null : (JSON.parse(row.asked) as Asked),
})

const byAskedAt = (codes: readonly PairingCode[]): readonly PairingCode[] => codes.filter(({ asked }) => asked?.state.type === 'waiting').toSorted((a, b) => (a.asked?.at ?? 0) - (b.asked?.at ?? 0))
