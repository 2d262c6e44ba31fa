import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import type { Chain } from '#shared/sync/chain.ts'
import { NO_CHAIN } from '#shared/sync/chain.ts'
import { batch, chainOf, connect, eventId, pairTestDevice } from './test-hub.ts'

const children: ChildProcess[] = []
const folders: string[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const startProcess = async (folder: string, port: string): Promise<{ child: ChildProcess; url: string; codes: string[] }> => {
  const child = spawn(process.execPath, ['hub/main.ts', '--port', port, '--data', folder], { stdio: ['ignore', 'pipe', 'ignore'] })
  children.push(child)
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout! })) {
    lines.push(line)
    if (lines.length === 3) break
  }
  return { child, url: /http:\S+/.exec(lines[0]!)![0], codes: lines.slice(1).map((line) => line.slice(-9)) }
}

const storedIds = (folder: string): readonly string[] => {
  const sql = new DatabaseSync(join(folder, 'hub.sqlite'), { readOnly: true })
  try {
    return sql.prepare('SELECT id FROM event ORDER BY n').all().map((row) => String(row['id']))
  } finally {
    sql.close()
  }
}

describe('a hub that is killed', () => {
  it('has lost nothing that it acknowledged, in five kills under load, and stores the rest once afterwards', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'einklang-crash-'))
    folders.push(folder)
    let hub = await startProcess(folder, '0')
    const port = new URL(hub.url).port
    const device = await pairTestDevice(hub.url, hub.codes[1]!, 'kiosk')
    const acked: string[] = []
    const epochs = new Set<string>()
    let next = 1
    let chain: Chain = NO_CHAIN
    for (let round = 0; round < 5; round++) {
      const link = await connect(hub.url, device)
      const greeting = (await link.ask('hello', { pv: 1, n: 1, ep: 'e'.repeat(16), next, queued: 0, ack: 0, boot: 'b', app: '1', releaseHash: null, now: 1 })) as { hw: number; hc: Chain; hubEpoch: string }
      epochs.add(greeting.hubEpoch)
      expect(greeting.hw).toBeGreaterThanOrEqual(acked.length)
      // What was stored without the acknowledgement arriving counts from here on.
      while (acked.length < greeting.hw) acked.push(eventId(acked.length + 1))
      ;[next, chain] = [greeting.hw + 1, greeting.hc]
      for (let sent = 0; sent < 8; sent++) {
        const ids = Array.from({ length: 5 }, (_, i) => eventId(next + i))
        const pushed = link.ask('push', batch(ids, { from: next, prev: chain })) as Promise<{ upto: number }>
        if (sent === 7) {
          // In flight while the process dies.
          pushed.catch(() => undefined)
          break
        }
        expect((await pushed).upto).toBe(next + 4)
        acked.push(...ids)
        ;[next, chain] = [next + 5, chainOf(ids, chain)]
      }
      hub.child.kill('SIGKILL')
      await once(hub.child, 'exit')
      link.close()
      const stored = storedIds(folder)
      expect(acked.filter((id) => !stored.includes(id))).toEqual([])
      expect(new Set(stored).size).toBe(stored.length)
      hub = await startProcess(folder, port)
    }
    expect(acked.length).toBeGreaterThanOrEqual(175)
    expect(epochs.size).toBe(5)
    expect([...epochs].map((epoch) => epoch.split('.')[1])).toEqual(['1', '2', '3', '4', '5'])
  })
  it('keeps its key and its data from other users of the machine', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'einklang-crash-'))
    folders.push(folder)
    await startProcess(join(folder, 'data'), '0')
    expect((statSync(join(folder, 'data', 'hub-key')).mode & 0o777).toString(8)).toBe('600')
    expect((statSync(join(folder, 'data')).mode & 0o777).toString(8)).toBe('700')
  })
  it('ends in order when it is asked to', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'einklang-crash-'))
    folders.push(folder)
    const { child } = await startProcess(folder, '0')
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })
})
