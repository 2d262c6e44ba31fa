import { afterEach, describe, expect, it } from 'vitest'
import type { PairingWait, SyncStatus } from '#kiosk/lib/sync/device.ts'
import { openDevice, type OpenedDevice } from '#kiosk/lib/sync/open-device.ts'
import type { Surroundings } from '#kiosk/lib/sync/surroundings.ts'
import type { VisitId } from '#shared/kernel/ids.ts'
import type { AskedDevice } from '#shared/protocol/pairing-calls.ts'
import { connect, pairTestDevice, signIn, startTestHub, type Link, type TestHub } from '../../hub/test-hub.ts'
import { newDisk, nodeSurroundings, type Disk } from '../../kiosk/node-surroundings.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A second is soon over. */
const after: Surroundings['after'] = (delayMs, task) => {
  const timer = setTimeout(task, Math.min(delayMs, 40))
  timer.unref()
  return () => clearTimeout(timer)
}
const until = (device: OpenedDevice, holds: (status: SyncStatus) => boolean): Promise<void> => expect.poll(() => holds(device.status)).toBe(true)

const storeOf = async () => {
  const hub = await startTestHub()
  let running = hub
  closers.push(() => running.remove())
  const comeBack = async (): Promise<TestHub> => {
    running = await startTestHub({ folder: hub.folder, port: hub.port })
    return running
  }
  const paired = await pairTestDevice(hub.url, hub.setupCode!, 'manager')
  const join = async (at: TestHub): Promise<Link> => {
    const manager = await connect(at.url, paired)
    closers.push(() => manager.close())
    await signIn(at, manager)
    return manager
  }
  const open = async (disk: Disk): Promise<OpenedDevice> => {
    const device = await openDevice({ app: 'shopper', version: '1.0.0', surroundings: nodeSurroundings(hub.url, disk, { after }) })
    closers.push(() => device.close())
    return device
  }
  return { hub, join, open, comeBack, manager: await join(hub) }
}
const codeOf = async (manager: Link): Promise<string> => ((await manager.ask('device.code', { role: 'kiosk', name: 'Eingang', touchpoint: null })) as { readonly value: { readonly code: string } }).value.code
const listed = async (manager: Link): Promise<readonly AskedDevice[]> => ((await manager.ask('pairing.list', {})) as { readonly value: readonly AskedDevice[] }).value
const decide = async (manager: Link, letIn: boolean): Promise<void> => {
  const [{ id, number }] = (await listed(manager)) as [AskedDevice]
  await manager.ask('pairing.decide', { id, number, letIn })
}

/** Asks, and resolves once it shows a number; `done` is what became of it. */
const ask = async (device: OpenedDevice, code: string | null) => {
  const waits: PairingWait[] = []
  const end = new AbortController()
  const done = device.pair({ code, role: 'kiosk', name: 'Kiosk', onwait: (wait) => waits.push(wait), signal: end.signal })
  await expect.poll(() => waits.length).toBeGreaterThan(0)
  return { waits, done, end }
}

describe('a device that waits to be let in', () => {
  it('shows the number that the manager sees, and goes on by itself', async () => {
    const { open, manager } = await storeOf()
    const device = await open(newDisk())
    const { waits, done } = await ask(device, await codeOf(manager))
    expect(waits[0]).toMatchObject({ number: (await listed(manager))[0]!.number, confirm: 'manager', unheard: false })
    expect(waits[0]!.leftMs).toBeGreaterThan(590_000)
    expect(device.identity).toBeNull()
    await decide(manager, true)
    expect(await done).toMatchObject({ ok: true, value: { name: 'Eingang', role: 'kiosk' } })
    await until(device, ({ phase }) => phase === 'online')
  })
  it('learns that it was refused, or that somebody here gave up; it was given nothing', async () => {
    const { open, manager } = await storeOf()
    const device = await open(newDisk())
    const first = await ask(device, await codeOf(manager))
    await decide(manager, false)
    expect(await first.done).toEqual({ ok: false, error: { type: 'Refused' } })
    const second = await ask(device, await codeOf(manager))
    second.end.abort()
    expect(await second.done).toEqual({ ok: false, error: { type: 'GivenUp' } })
    expect(device.identity).toBeNull()
    expect(await device.pair({ code: null, role: 'kiosk', name: 'Kiosk' })).toEqual({ ok: false, error: { type: 'NothingLeft' } })
  })
  it('takes its place again after its page ended, with another number', async () => {
    const { open, manager } = await storeOf()
    const disk = newDisk()
    const device = await open(disk)
    const { waits } = await ask(device, await codeOf(manager))
    device.close()
    const again = await open(disk)
    const after = await ask(again, null)
    expect(after.waits[0]!.number).not.toBe(waits[0]!.number)
    expect((await listed(manager)).map(({ number }) => number)).toEqual([after.waits[0]!.number])
    await decide(manager, true)
    expect((await after.done).ok).toBe(true)
  })
  it('keeps asking while the hub is away, says so, and is let in by the hub that comes back', async () => {
    const { hub, join, open, comeBack, manager } = await storeOf()
    const device = await open(newDisk())
    const { waits, done } = await ask(device, await codeOf(manager))
    await hub.stop()
    await expect.poll(() => waits.at(-1)!.unheard).toBe(true)
    await decide(await join(await comeBack()), true)
    expect((await done).ok).toBe(true)
  })
})

describe('a device that was signed out by mistake', () => {
  it('keeps what it recorded, and sends it once it is let in again', async () => {
    const { open, manager } = await storeOf()
    const device = await open(newDisk())
    const { done } = await ask(device, await codeOf(manager))
    await decide(manager, true)
    const paired = await done
    await until(device, ({ phase }) => phase === 'online')
    await manager.ask('device.revoke', { dev: paired.ok ? paired.value.dev : '' })
    await until(device, ({ phase }) => phase === 'revoked')
    for (const n of [1, 2]) {
      const kept = await device.record({ t: 'feedback.answered', v: 1, sid: 'a'.repeat(32) as VisitId, p: { response: `${n}`.padStart(32, '0'), touchpoint: 'kiosk', survey: 'visit', question: 'opening', kind: 'csat5', value: 5 } })
      expect(kept.ok).toBe(true)
    }
    expect(device.status).toMatchObject({ phase: 'revoked', waiting: expect.any(Number) })
    expect(device.status.waiting).toBeGreaterThanOrEqual(2)
    const again = await ask(device, await codeOf(manager))
    await decide(manager, true)
    expect((await again.done).ok).toBe(true)
    await until(device, ({ phase, waiting }) => phase === 'online' && waiting === 0)
    const items = ((await manager.ask('feedback.list', { limit: 50 })) as { readonly value: readonly { readonly response: string }[] }).value
    expect(items.map(({ response }) => response).toSorted()).toEqual(['1', '2'].map((n) => n.padStart(32, '0')))
  })
})
