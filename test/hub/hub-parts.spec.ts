import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { addressesOf } from '#hub/addresses.ts'
import type { Config } from '#hub/config.ts'
import { openData } from '#hub/open-data.ts'
import type { Projector } from '#hub/ports/projector.ts'
import type { StoreTrouble, Transactions } from '#hub/ports/transaction.ts'
import { hubKeysFrom, newPrivateKey, openHubKeys } from '#hub/stores/keys/hub-key-file.ts'
import { memoryStores } from '#hub/stores/memory/memory-stores.ts'
import { beginRun, openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { jsonLog } from '#hub/transport/log/json-lines.ts'
import { rateLimit } from '#hub/transport/http/rate-limit.ts'
import { tokenBucket, violationCounter } from '#hub/transport/socket/token-bucket.ts'
import { groupCommit } from '#hub/use-cases/events/group-commit.ts'
import { nameCheckout } from '#hub/use-cases/baskets/name-checkout.ts'
import { judgingLedger } from '#hub/use-cases/events/keep-event.ts'
import type { Person } from '#hub/ports/people.ts'
import { printCodes } from '#hub/use-cases/devices/print-codes.ts'
import { redriveParked } from '#hub/use-cases/events/redrive-parked.ts'
import type { PersonId } from '#shared/devices/person.ts'
import type { DeviceId, EpochId, EventId } from '#shared/kernel/ids.ts'
import { err, ok } from '#shared/kernel/result.ts'
import { millis } from '#shared/kernel/time.ts'
import type { OutboxEvent } from '#shared/sync/event.ts'

const folders: string[] = []
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'einklang-parts-'))
  folders.push(folder)
  return folder
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})
const systemRandom = { bytes: (length: number) => Uint8Array.from(randomBytes(length)) }
const must = <T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const clockAt = (at: { now: number }) => ({ now: () => millis(at.now) })

describe('the database', () => {
  it('counts its runs, under an id that stays, each with a name of its own', () => {
    const folder = newFolder()
    const epochs = [1, 2, 3].map((n) => {
      const sql = must(openDatabase(folder, millis(n)))
      const epoch = beginRun(sql, `db${n}`, `run${n}`)
      sql.close()
      return epoch
    })
    expect(epochs).toEqual(['db1.1.run1', 'db1.2.run2', 'db1.3.run3'])
  })
  it('put back from a copy never repeats an epoch', () => {
    const folder = newFolder()
    must(openData({ dataDir: folder, backupDir: join(folder, 'backups') }, clockAt({ now: 1 }), systemRandom)).close()
    const copy = newFolder()
    cpSync(folder, copy, { recursive: true })
    const epochs = [folder, copy].map((from) => {
      const data = must(openData({ dataDir: from, backupDir: join(from, 'backups') }, clockAt({ now: 2 }), systemRandom))
      data.close()
      return data.hubEpoch
    })
    expect(epochs[0]).not.toBe(epochs[1])
    expect(epochs.map((epoch) => epoch.split('.').slice(0, 2))).toEqual([epochs[0]!.split('.').slice(0, 2), epochs[0]!.split('.').slice(0, 2)])
  })
  it('is readable by its owner alone, journals too', () => {
    const folder = newFolder()
    const sql = must(openDatabase(folder, millis(1)))
    for (const name of ['hub.sqlite', 'hub.sqlite-wal', 'hub.sqlite-shm']) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
    sql.close()
  })
  it('flushes every commit to the disk', () => {
    const sql = must(openDatabase(newFolder(), millis(1)))
    const pragma = (name: string) => Object.values(sql.prepare(`PRAGMA ${name}`).get()!)[0]
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys'), pragma('secure_delete'), pragma('busy_timeout')]).toEqual(['wal', 2, 1, 1, 2000])
    sql.close()
  })
  it('applies each step once, in order, and not half', () => {
    const folder = newFolder()
    const first = { name: 'a-1', sql: 'CREATE TABLE a (n INTEGER) STRICT' }
    const second = { name: 'b-1', sql: 'CREATE TABLE b (n INTEGER) STRICT; INSERT INTO a VALUES (1)' }
    must(openDatabase(folder, millis(1), [first])).close()
    must(openDatabase(folder, millis(2), [first, second])).close()
    expect(() => openDatabase(folder, millis(3), [first, second, { name: 'c-1', sql: 'CREATE TABLE c (n INTEGER) STRICT; nonsense' }])).toThrow('nonsense')
    const sql = must(openDatabase(folder, millis(4), [first, second]))
    expect(sql.prepare('SELECT count(*) AS n FROM a').get()).toEqual({ n: 1 })
    expect(sql.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'c'").get()).toEqual({ n: 0 })
    sql.close()
  })
  it('of a newer hub is left alone', () => {
    const folder = newFolder()
    must(openDatabase(folder, millis(1), [{ name: 'future-1', sql: 'CREATE TABLE f (n INTEGER)' }])).close()
    expect(openDatabase(folder, millis(2), [])).toEqual(err({ type: 'FromNewerVersion', migration: 'future-1' }))
  })
  it('that is damaged is refused, not repaired by chance', () => {
    const folder = newFolder()
    const sql = must(openDatabase(folder, millis(1)))
    sql.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    sql.close()
    const file = join(folder, 'hub.sqlite')
    const bytes = readFileSync(file)
    bytes.fill(0x5a, 4096, bytes.length)
    writeFileSync(file, bytes)
    const opened = openDatabase(folder, millis(2))
    expect(opened.ok ? 'opened' : opened.error.type).toBe('Damaged')
    writeFileSync(file, 'this is no database at all, but long enough to look like one'.repeat(100))
    const foreign = openDatabase(folder, millis(2))
    // Whose first page says something else was a database once, as far as anybody can tell: a copy takes its place.
    expect(foreign.ok ? 'opened' : foreign.error.type).toBe('Damaged')
  })
})

describe('group commit', () => {
  const counting = (trouble: StoreTrouble | null = null, mono = () => 0, flush = () => 0) => {
    const stores = memoryStores()
    let outer = 0
    let depth = 0
    const transactions: Transactions = {
      run: (work) => {
        if (depth === 0) outer += 1
        depth += 1
        try {
          const value = stores.transactions.run(work)
          if (depth === 1) flush()
          if (trouble && depth === 1) throw new Error('trouble')
          return value
        } finally {
          depth -= 1
        }
      },
      troubleOf: (error) => (error instanceof Error && error.message === 'trouble' ? trouble : null),
    }
    const turns: (() => void)[] = []
    const timers: (() => void)[] = []
    const committer = groupCommit(transactions, (task) => turns.push(task), () => undefined, mono, (task) => timers.push(task))
    return { committer, timers, turns, turn: () => turns.shift()?.(), outer: () => outer }
  }

  it('commits all that waits in one transaction and answers only then', async () => {
    const { committer, turn, outer } = counting()
    const answers: unknown[] = []
    const waiting = [1, 2, 3].map((n) => committer.commit(() => n).then((answer) => answers.push(answer)))
    await Promise.resolve()
    expect([answers, outer()]).toEqual([[], 0])
    turn()
    await Promise.all(waiting)
    expect([answers, outer()]).toEqual([[ok(1), ok(2), ok(3)], 1])
  })
  it('after ten milliseconds if all of it is patient, at once if one is not, in the order they came', async () => {
    const { committer, timers, turns, turn, outer } = counting()
    const done: string[] = []
    const ask = (name: string, patient: boolean) => committer.commit(() => done.push(name), { patient })
    const greetings = Promise.all([ask('a', true), ask('b', true)])
    expect([timers.length, turns.length]).toEqual([1, 0])
    timers.shift()!()
    turn()
    await greetings
    const mixed = Promise.all([ask('c', true), ask('push', false), ask('d', true)])
    turn()
    await mixed
    timers.shift()!()
    expect([done, outer(), turns.length]).toEqual([['a', 'b', 'c', 'push', 'd'], 2, 0])
  })
  it('in groups of 512', async () => {
    const { committer, turn, outer } = counting()
    const all = Promise.all(Array.from({ length: 513 }, (_, n) => committer.commit(() => n)))
    turn()
    turn()
    expect(await all).toHaveLength(513)
    expect(outer()).toBe(2)
  })
  it('and of no more than 25 ms of work, so that sockets are heard in between: five of 10 ms each take two turns', async () => {
    let now = 0
    const { committer, turn, outer } = counting(null, () => now)
    const done: number[] = []
    const all = [1, 2, 3, 4, 5].map((n) => committer.commit(() => (now += 10)).then(() => done.push(n)))
    turn()
    await Promise.all(all.slice(0, 3))
    expect([done, outer()]).toEqual([[1, 2, 3], 1])
    turn()
    await Promise.all(all)
    expect([done, outer()]).toEqual([[1, 2, 3, 4, 5], 2])
  })
  it('but of as much as a slow disk takes for its flush: after one of 100 ms, all five', async () => {
    let now = 0
    const { committer, turn, outer } = counting(null, () => now, () => (now += 100))
    const first = committer.commit(() => 0)
    turn()
    await first
    const all = Promise.all([1, 2, 3, 4, 5].map((n) => committer.commit(() => ((now += 10), n))))
    turn()
    await all
    expect(outer()).toBe(2)
  })
  it('at least one, however long it takes', async () => {
    let now = 0
    const { committer, turn } = counting(null, () => (now += 1000))
    const one = committer.commit(() => 'done')
    turn()
    expect(await one).toEqual(ok('done'))
  })
  it('undoes the work of one that throws, and of nobody else', async () => {
    const { committer, turn } = counting()
    const bad = committer.commit(() => {
      throw new Error('mine')
    })
    const good = committer.commit(() => 'kept')
    turn()
    await expect(bad).rejects.toThrow('mine')
    expect(await good).toEqual(ok('kept'))
  })
  it('answers everybody with the trouble when nothing became durable', async () => {
    const { committer, turn } = counting({ type: 'DiskFull' })
    const both = Promise.all([committer.commit(() => 1), committer.commit(() => 2)])
    turn()
    expect(await both).toEqual([err({ type: 'DiskFull' }), err({ type: 'DiskFull' })])
  })
})

describe('an event that an older hub could only park', () => {
  it('is understood at the start of one that knows it, once', () => {
    const { transactions, events } = memoryStores()
    const seen: string[] = []
    const projector: Projector = { types: ['visit.started'], apply: (_tx, { event }) => (seen.push(event.id), ok(undefined)) }
    const parts = { events, transactions, projectors: [projector], keys: hubKeysFrom(newPrivateKey()) }
    const event: OutboxEvent = { seq: 1, id: '019a0000-0000-7000-8000-000000000001' as EventId, t: 'visit.started', v: 1, at: millis(5), off: 0, boot: 'b', mono: 0, sid: null, p: {} }
    const row = { dev: 'd' as DeviceId, ep: 'e' as EpochId, seq: 1, atHub: millis(5), receivedAt: millis(9), state: 'parked' as const }
    events.keep([
      { ...row, id: event.id, type: event.t, why: 'visit.started v1', body: { ...event } },
      { ...row, id: 'still', type: 'visit.started', why: 'visit.started v9', body: { ...event, id: '019a0000-0000-7000-8000-000000000002', v: 9 } },
    ])
    expect([redriveParked(parts), redriveParked(parts)]).toEqual([1, 0])
    expect(seen).toEqual([event.id])
    expect(events.countByState()).toEqual({ stored: 1, parked: 1, quarantined: 0 })
  })
  it('is projected by all or by none of its projectors', () => {
    const { transactions, events } = memoryStores()
    const wrote: Projector = { types: ['visit.started'], apply: () => (events.markErased('trace'), ok(undefined)) }
    const refuses: Projector = { types: ['visit.started'], apply: () => err({ type: 'PayloadRefused', why: 'no' }) }
    const parts = { events, transactions, projectors: [wrote, refuses], keys: hubKeysFrom(newPrivateKey()) }
    const event: OutboxEvent = { seq: 1, id: 'x' as EventId, t: 'visit.started', v: 1, at: millis(500), off: 100, boot: 'b', mono: 0, sid: null, p: {} }
    const kept = transactions.run((tx) => judgingLedger(parts, tx, millis(550)).store('d' as DeviceId, 'e' as EpochId, [{ raw: event as never, event }]))
    expect([kept, events.known(['trace']).size]).toEqual([['quarantined'], 0])
    // 500 + 100 lies in the hub's future, so the hub's own time counts.
    expect(events.row('x')).toMatchObject({ why: 'no', atHub: 550, receivedAt: 550 })
  })
})

describe('the codes a hub prints', () => {
  const parts = () => {
    const { transactions, codes, devices, audit } = memoryStores()
    let n = 0
    const managers: Person[] = []
    return { transactions, codes, devices, audit, managers, people: { list: () => managers }, clock: clockAt({ now: 1000 }), random: { bytes: (length: number) => Uint8Array.from({ length }, () => n++ % 256) } }
  }
  it('are a setup and a pairing code for many devices in an open demo, new at every start', () => {
    const hub = parts()
    const first = printCodes(hub)(true)
    const second = printCodes(hub)(true)
    expect([first.setupCode, first.pairingCode].every((code) => /^[0-9A-Z]{4}-[0-9A-Z]{4}$/.test(code!))).toBe(true)
    expect(second.setupCode).not.toBe(first.setupCode)
    expect(hub.codes.find(first.setupCode!.slice(0, 2))).toBeNull()
    expect(hub.codes.find(second.pairingCode!.slice(0, 2))).toMatchObject({ roles: ['kiosk', 'staff'], usesLeft: 20, expiresAt: 86_401_000 })
  })
  it('are one setup code for one device elsewhere, and none once there is a manager with a device', () => {
    const hub = parts()
    const first = printCodes(hub)(false)
    expect(first.pairingCode).toBeNull()
    expect(hub.codes.find(first.setupCode!.slice(0, 2))).toMatchObject({ roles: ['manager'], usesLeft: 1 })
    hub.devices.add({ dev: 'd' as DeviceId, name: 'm', role: 'manager', touchpoint: null, pub: '', keyId: '', tokenHash: '', pairedAt: millis(1), revokedAt: null })
    expect(printCodes(hub)(false).setupCode).not.toBeNull()
    hub.managers.push({ id: 'a' as PersonId, name: 'Ada', key: 'ada', role: 'manager', password: 'x', passwordRev: 1, pin: null, pinRev: 0, code: null })
    expect(printCodes(hub)(false)).toEqual({ setupCode: null, pairingCode: null })
    hub.devices.revoke('d' as DeviceId, millis(2))
    expect(printCodes(hub)(false).setupCode).not.toBeNull()
  })
})

describe('the hub key', () => {
  it('is made once and read again', () => {
    const folder = newFolder()
    expect(openHubKeys(folder).publicKey).toBe(openHubKeys(folder).publicKey)
    expect(openHubKeys(newFolder()).publicKey).not.toBe(openHubKeys(folder).publicKey)
  })
  it('opens nothing that is damaged, short or foreign', () => {
    const keys = hubKeysFrom(newPrivateKey())
    for (const sealed of ['', 'A', '!!', 'A'.repeat(200), Buffer.alloc(500, 7).toString('base64url')]) expect(keys.open(sealed)).toBeNull()
  })
})

describe('limits', () => {
  it('of a connection: a burst, then a steady rate, and the exact wait until there is room', () => {
    const at = { now: 0 }
    const bucket = tokenBucket({ perSecond: 20, burst: 2 }, clockAt(at))
    expect([bucket.take(1), bucket.take(1), bucket.take(1)]).toEqual([0, 0, 50])
    at.now = 50
    expect([bucket.take(1), bucket.take(1)]).toEqual([0, 50])
    at.now = 0
    expect(bucket.take(1)).toBe(50)
    at.now = 60_000
    expect([bucket.take(2), bucket.take(1)]).toEqual([0, 50])
  })
  it('of violations: more than the limit within the window', () => {
    const at = { now: 0 }
    const tooMuch = violationCounter(2, 1000, clockAt(at))
    expect([tooMuch(), tooMuch(), tooMuch()]).toEqual([false, false, true])
    at.now = 1001
    expect(tooMuch()).toBe(false)
  })
  it('of calls: per minute and address', () => {
    const at = { now: 0 }
    const within = rateLimit(clockAt(at))
    expect([within('a', 2), within('a', 2), within('a', 2), within('b', 2)]).toEqual([true, true, false, true])
    at.now = 60_000
    expect(within('a', 2)).toBe(true)
  })
})

describe('addresses', () => {
  const config = (over: Partial<Config>): Config => ({ host: '127.0.0.1', port: 4000, dataDir: 'x', backupDir: 'x/backups', empty: false, publicHost: null, tls: null, extraOrigins: [], ...over })
  it('on this machine: all names it has for itself, and nothing else', () => {
    expect(addressesOf(config({}), 4000)).toEqual({ url: 'http://127.0.0.1:4000', phoneHost: null, origins: ['http://127.0.0.1:4000', 'http://localhost:4000', 'http://[::1]:4000'] })
  })
  it('with a public name: links carry it', () => {
    const { url, origins } = addressesOf(config({ host: '10.0.0.5', publicHost: 'laden.example.de', tls: { certFile: 'c', keyFile: 'k' } }), 443)
    expect(url).toBe('https://laden.example.de')
    expect(addressesOf(config({ host: '10.0.0.5', publicHost: 'laden.example.de' }), 80).phoneHost).toBeNull()
    expect(origins).toEqual(['http://laden.example.de', 'https://laden.example.de', 'https://10.0.0.5'])
  })
})

describe('a hub on every address', () => {
  it('prints this machine’s own for the apps, which need it to sign, and one of the network for phones', () => {
    const at = (host: string) => addressesOf({ host, port: 4000, dataDir: 'x', backupDir: 'x/backups', empty: false, publicHost: null, tls: null, extraOrigins: [] }, 4000)
    const { url, phoneHost, origins } = at('0.0.0.0')
    expect(url).toBe('http://127.0.0.1:4000')
    const others = Object.values(networkInterfaces()).flatMap((list) => list ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal)
    expect(phoneHost === null ? [] : others.map(({ address }) => `${address}:4000`)).toEqual(phoneHost === null ? [] : expect.arrayContaining([phoneHost]))
    expect(phoneHost === null).toBe(others.length === 0)
    expect(origins).toEqual(expect.arrayContaining(phoneHost ? [url, `http://${phoneHost}`] : [url]))
    expect(at('192.168.1.5').phoneHost).toBe('192.168.1.5:4000')
  })
})

describe('the checkout’s name', () => {
  const named = (checkoutDomain: string, host: string | null) => {
    const published: unknown[] = []
    const items = { 'store/main': { name: 'S', checkoutDomain }, 'brand/main': {} }
    nameCheckout({ documents: { current: () => ({ items }) as never }, publish: (next) => published.push(next['store/main']) })(host)
    return published
  }
  it('is the address of the house while the hub is reached there, and none after that', () => {
    expect(named('', '192.168.1.5:4000')).toEqual([{ name: 'S', checkoutDomain: '192.168.1.5:4000' }])
    expect(named('192.168.1.5:4000', '192.168.1.6:4000')).toEqual([{ name: 'S', checkoutDomain: '192.168.1.6:4000' }])
    expect(named('192.168.1.5:4000', null)).toEqual([{ name: 'S', checkoutDomain: '' }])
  })
  it('stays if nothing changed, or if the shop has a name of its own', () => {
    expect([named('', null), named('192.168.1.5:4000', '192.168.1.5:4000'), named('shop.example.de', '192.168.1.5:4000'), named('shop.example.de', null)]).toEqual([[], [], [], []])
  })
})

describe('a log line', () => {
  it('is one line of JSON, whatever is in it', () => {
    const lines: string[] = []
    jsonLog((line) => lines.push(line), clockAt({ now: 0 })).warn('push refused', { dev: 'a\nb', n: 1 })
    expect(lines).toEqual(['{"at":"1970-01-01T00:00:00.000Z","level":"warn","what":"push refused","dev":"a\\nb","n":1}\n'])
  })
})
