/** A hub with a data folder of its own and a manager at a device, for every test anew. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { openDesk } from '#hub/tools/open-desk.ts'
import { connect, pairTestDevice, signIn, startTestHub, type Link, type TestHub } from './test-hub.ts'

type Desk = Extract<ReturnType<typeof openDesk>, { readonly ok: true }>['value']

export type ManagedHub = {
  hub(): TestHub
  manager(): Link
  folder(): string
  /** What the manager is told; throws if it is refused. */
  ask<T>(name: string, request: unknown): Promise<T>
  /** Works on the hub's data as a command does, beside it. */
  atDesk<T>(work: (desk: Desk) => T): T
  stop(): Promise<void>
  /** The same data, begun anew. */
  restart(): Promise<TestHub>
}

export const managedHub = (name: string): ManagedHub => {
  let [folder, hub, manager] = [undefined as string | undefined, undefined as TestHub | undefined, undefined as Link | undefined]
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), `einklang-${name}-`))
    hub = await startTestHub({ folder })
    manager = await connect(hub.url, await pairTestDevice(hub.url, hub.setupCode!, 'manager'))
    await signIn(hub, manager)
  })
  const stop = async (): Promise<void> => {
    manager!.close()
    await hub!.stop()
  }
  afterEach(async () => {
    await stop().catch(() => undefined)
    rmSync(folder!, { recursive: true, force: true })
  })
  return {
    hub: () => hub!,
    manager: () => manager!,
    folder: () => folder!,
    ask: async <T>(call: string, request: unknown): Promise<T> => {
      const reply = (await manager!.ask(call, request)) as { readonly ok: boolean; readonly value: T; readonly error?: unknown }
      if (!reply.ok) throw new Error(JSON.stringify(reply.error))
      return reply.value
    },
    atDesk: (work) => {
      const desk = openDesk(folder!, { mustExist: true })
      if (!desk.ok) throw new Error(desk.error)
      try {
        return work(desk.value)
      } finally {
        desk.value.close()
      }
    },
    stop,
    restart: async () => (hub = await startTestHub({ folder: folder! })),
  }
}
