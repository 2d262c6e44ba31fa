/** Faults planted into a hub's process from outside: the product has no switch for them. Loaded before the hub by `--import`. */
import { DatabaseSync, StatementSync } from 'node:sqlite'
import { GUISES } from './guises.ts'
import { rewrite } from './rewrite.ts'

const SQLITE_FULL = 13
const isFull = (error: unknown): boolean => error instanceof Error && 'errcode' in error && error.errcode === SQLITE_FULL

const PLANTS: Readonly<Record<string, () => void>> = {
  /** The tail of the log is left to the system's memory. */
  'synchronous-off': () => {
    const exec = DatabaseSync.prototype.exec
    DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string): void {
      exec.call(this, sql.replace('synchronous = FULL', 'synchronous = NORMAL'))
    }
  },
  /** Says yes first and commits a little later, or never. */
  'ack-before-commit': () => {
    const prepare = DatabaseSync.prototype.prepare
    DatabaseSync.prototype.prepare = function (this: DatabaseSync, sql: string): StatementSync {
      const statement = prepare.call(this, sql)
      if (sql !== 'COMMIT' && sql !== 'BEGIN IMMEDIATE') return statement
      const run = statement.run.bind(statement)
      const none = { changes: 0, lastInsertRowid: 0 }
      let planned = false
      statement.run = () => {
        if (sql === 'BEGIN IMMEDIATE') return this.isTransaction ? none : run()
        if (!planned) {
          planned = true
          setTimeout(() => {
            planned = false
            if (this.isTransaction) run()
          }, 300)
        }
        return none
      }
      return statement
    }
  },
  /** Tells devices that everything is in a backup as soon as it is stored. */
  'safe-at-once': () =>
    rewrite('hub/stores/sqlite/events/event-ledger.ts', [
      ['INSERT INTO producer (dev, ep, hw, hc) VALUES (?, ?, ?, ?)', 'INSERT INTO producer (dev, ep, hw, hc, safe) VALUES (?1, ?2, ?3, ?4, ?3)'],
      ['UPDATE producer SET hw = ?, hc = ? WHERE dev = ? AND ep = ? AND hw = ?', 'UPDATE producer SET hw = ?1, hc = ?2, safe = ?1 WHERE dev = ?3 AND ep = ?4 AND hw = ?5'],
    ]),
  /** The dispatcher takes every payload for what it should be. */
  'believes-everything': () =>
    rewrite('hub/transport/socket/dispatcher.ts', [
      ['if (!isBoundedJson(payload, FRAME_BOUNDS))', 'if (false)'],
      ['safeParse(guard.schema, payload, { abortEarly: true })', '({ success: true, output: payload as In } as { success: true; output: In })'],
    ]),
  /** A number below the high-water mark is believed to be the same event, and a device where it says it stands. */
  'numbers-believed': () => {
    rewrite('shared/sync/hub-ingest.ts', [
      ["if (chainAt(ledger, dev, push.ep, first - 1) !== push.prev) return { code: 'fork', at: first }", ''],
      ["if (ledger.numbered(dev, push.ep, raw.seq)?.id !== raw.id) return { code: 'fork', at: raw.seq }", ''],
      ['n: hello.n, hubEpoch: facts.hubEpoch, hw, hc,', 'n: hello.n, hubEpoch: facts.hubEpoch, hw: Math.min(hw, hello.ack), hc: chainAt(ledger, dev, hello.ep, Math.min(hw, hello.ack)) ?? hc,'],
      ['upto: push.ev.at(-1)!.seq, hw,', 'upto: push.ev.at(-1)!.seq, hw: push.ev.at(-1)!.seq,'],
    ])
    rewrite('hub/use-cases/care/watch-copies.ts', [
      ['return mustRotate(now, ep)', 'return false'],
      ['mustRotate(heard(word, { boot: speaker.boot, ep }), ep)', '(heard(word, { boot: speaker.boot, ep }), false)'],
    ])
  },
  /** Nobody is told that a device runs twice. */
  'copies-not-watched': () => rewrite('hub/use-cases/care/watch-copies.ts', [['if (isCopied(now)) tell(parts, word.dev)', '']]),
  /** Devices of the version before are refused. */
  'version-forgotten': () => rewrite('hub/use-cases/events/ingest-events.ts', [['min: OLDEST_PROTOCOL_VERSION', 'min: PROTOCOL_VERSION']]),
  /** Events that this hub does not know are confirmed and thrown away. */
  'unknown-dropped': () => rewrite('hub/use-cases/events/keep-event.ts', [['parts.events.keep(rows)', "parts.events.keep(rows.filter(({ state }) => state !== 'parked'))"]]),
  /** Devices whose words it does not speak are told yes. */
  'unspoken-confirmed': () =>
    rewrite('shared/sync/hub-ingest.ts', [
      ["if (hello.pv < facts.min || hello.pv > facts.max) return { code: 'upgrade' }", ''],
      ['min: facts.min, max: facts.max', 'min: hello.pv, max: hello.pv'],
      ["facts.max) return { code: 'upgrade' }", 'facts.max) return { hubEpoch: facts.hubEpoch, upto: push.ev.at(-1)!.seq, hw: push.ev.at(-1)!.seq, safe: 0, now: facts.now }'],
    ]),
  /** What happened long ago, or has yet to happen, cannot be: it is confirmed and thrown away. */
  'old-times-dropped': () => rewrite('shared/sync/hub-ingest.ts', [['keepFresh(ledger, dev, push.ep, fresh) : []', 'keepFresh(ledger, dev, push.ep, fresh.filter(({ at }) => Math.abs(Number(at) - facts.now) <= 43_200_000)) : []']]),
  /** The device's own clock is believed. */
  'device-time-kept': () => rewrite('shared/sync/completeness.ts', [['at + (off ?? 0)', 'at']]),
  /** All rows have the same digest. */
  'no-digests': () => {
    const define = DatabaseSync.prototype.function as (this: DatabaseSync, name: string, options: object, body: (...values: unknown[]) => unknown) => void
    const planted: typeof define = function (name, options, body) {
      define.call(this, name, options, name === 'row_digest' ? () => Buffer.alloc(8) : body)
    }
    DatabaseSync.prototype.function = planted as typeof DatabaseSync.prototype.function
  },
  /** Whatever file a path leads to, the hub reads it out. */
  'serves-everything': () =>
    rewrite('hub/transport/http/app-files.ts', [
      ["import { existsSync } from 'node:fs'", "import { existsSync, readFileSync, statSync } from 'node:fs'"],
      ['const app = APP_PATH', "try { const file = join(folder, decodeURIComponent(pathOf(request))); if (statSync(file).isFile()) return void response.end(readFileSync(file)) } catch {}\n      const app = APP_PATH"],
    ]),
  /** Nobody is ever told that it is too much. */
  'no-limits': () => {
    rewrite('hub/transport/socket/token-bucket.ts', [['if (level < tokens) return', 'if (level < -Infinity) return'], ['return count > max', 'return false']])
  },
  /** Whoever is wrong may try again, for ever. */
  'tries-not-counted': () => rewrite('shared/people/sign-in-tries.ts', [['if (!tries) return null', 'return null']]),
  /** Passwords are hashed where devices are answered. */
  'hashes-in-the-way': () =>
    rewrite('hub/stores/keys/argon2-passwords.ts', [
      ["import { argon2, timingSafeEqual } from 'node:crypto'", "import { argon2Sync, timingSafeEqual } from 'node:crypto'"],
      ['const hashed = promisify(argon2)', "const hashed = async (...args: Parameters<typeof argon2Sync>) => argon2Sync(...args)"],
      ["import { promisify } from 'node:util'", ''],
    ]),
  /** Lines may take as long as they like. */
  'waits-for-ever': () => {
    rewrite('hub/transport/http/http-server.ts', [['headersTimeout: 5000, requestTimeout: 10_000', 'headersTimeout: 0, requestTimeout: 0']])
    rewrite('hub/transport/socket/socket-server.ts', [['connectTimeout: 5000', 'connectTimeout: 60_000']])
  },
  /** A full disk is nobody's business. */
  'full-disk-ignored': () => {
    rewrite('hub/transport/load/own-load.ts', [['disk: () => disk', 'disk: () => null']])
    const run = StatementSync.prototype.run as (this: StatementSync, ...values: unknown[]) => ReturnType<StatementSync['run']>
    const planted: typeof run = function (...values) {
      try {
        return run.apply(this, values)
      } catch (error) {
        if (!isFull(error)) throw error
        return { changes: 1, lastInsertRowid: 0 }
      }
    }
    StatementSync.prototype.run = planted as typeof StatementSync.prototype.run
  },
}

for (const name of (process.env['PLANT'] ?? '').split(',').filter((one) => one !== '')) {
  const known: Readonly<Record<string, () => void>> = { ...PLANTS, ...GUISES }
  const plant = known[name]
  if (!plant) throw new Error(`there is no planted fault "${name}"`)
  plant()
}
