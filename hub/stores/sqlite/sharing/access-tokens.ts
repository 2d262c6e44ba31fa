/** Tokens and the comments of the board, in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import { TOLD_MS, type AccessToken, type AccessTokens } from '#hub/ports/access-tokens.ts'
import type { Day, Millis } from '#shared/kernel/time.ts'
import type { TokenScope } from '#shared/protocol/sharing.ts'
import { allRows, oneRow } from '../database/rows.ts'

type Row = { readonly id: string; readonly kind: AccessToken['kind']; readonly name: string; readonly hash: string; readonly scopes: string; readonly made_at: Millis; readonly expires_at: Millis; readonly revoked_at: Millis | null; readonly last_day: Day | null }

const COLUMNS = 'id, kind, name, hash, scopes, made_at, expires_at, revoked_at, last_day'

export const sqliteAccessTokens = (sql: DatabaseSync): AccessTokens => {
  const add = sql.prepare(`INSERT INTO access_token (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const byHash = sql.prepare(`SELECT ${COLUMNS} FROM access_token WHERE hash = ?`)
  const list = sql.prepare(`SELECT ${COLUMNS} FROM access_token WHERE min(expires_at, coalesce(revoked_at, expires_at)) >= ? ORDER BY made_at DESC, id`)
  const revoke = sql.prepare('UPDATE access_token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL')
  const use = sql.prepare('UPDATE access_token SET last_day = ? WHERE id = ?')
  const voices = sql.prepare('SELECT id FROM board_voice ORDER BY at, id')
  const show = sql.prepare('INSERT OR IGNORE INTO board_voice (id, at) SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM erased WHERE id = ?1)')
  const hide = sql.prepare('DELETE FROM board_voice WHERE id = ?')
  return {
    add: (t) => void add.run(t.id, t.kind, t.name, t.hash, t.scopes.join(' '), t.madeAt, t.expiresAt, t.revokedAt, t.lastDay),
    findByHash: (hash) => {
      const row = oneRow<Row>(byHash, hash)
      return row && toToken(row)
    },
    list: (now) => allRows<Row>(list, now - TOLD_MS).map(toToken),
    revoke: (id, at) => revoke.run(at, id).changes === 1,
    noteUse: (id, day) => void use.run(day, id),
    voices: () => allRows<{ readonly id: string }>(voices).map(({ id }) => id),
    showVoice: (id, at) => void show.run(id, at),
    hideVoice: (id) => void hide.run(id),
  }
}

const toToken = ({ made_at: madeAt, expires_at: expiresAt, revoked_at: revokedAt, last_day: lastDay, scopes, ...row }: Row): AccessToken => ({
  ...row,
  scopes: scopes === '' ? [] : (scopes.split(' ') as readonly string[] as readonly TokenScope[]),
  madeAt,
  expiresAt,
  revokedAt,
  lastDay,
})
