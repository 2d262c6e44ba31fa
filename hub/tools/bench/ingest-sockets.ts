/** Durable ingest over real connections: taps of many kiosks through the whole hub, as a share of what the database alone can take. */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ChildProcess } from 'node:child_process'
import { connectAll, type LightDevice } from './light-device.ts'
import { endChild, firstLine, startBare, startHub, startScript, type MeasuredServer } from './measured-server.ts'
import { compare, median, type Comparison, type Scale } from './measure.ts'

const DEVICES = 50
const BATCH = 20

export const ingestSockets = async ({ quick }: Scale): Promise<readonly Comparison[]> => {
  const [rounds, sliceMs] = quick ? [2, 500] : [5, 1500]
  const servers = { hub: await startHub(DEVICES, { limits: 'open' }), group: await startBare('group', DEVICES), each: await startBare('each', DEVICES) }
  const folder = mkdtempSync(join(tmpdir(), 'einklang-raw-'))
  const raw = startScript('test/bench/raw-commit.ts', [folder])
  try {
    await firstLine(raw)
    const rates = { hub: [] as number[], group: [] as number[], each: [] as number[], raw: [] as number[] }
    const late = { hub: [] as number[], group: [] as number[] }
    const fleets = { hub: await fleetOf(servers.hub), group: await fleetOf(servers.group), each: await fleetOf(servers.each) }
    for (let round = -1; round < rounds; round++) {
      for (const name of ['hub', 'group', 'each'] as const) {
        await servers[name].read()
        const rate = await send(fleets[name], sliceMs)
        const { delayMaxMs } = await servers[name].read()
        if (round >= 0) rates[name].push(rate)
        if (round >= 0 && name !== 'each') late[name].push(delayMaxMs)
      }
      const rate = await askRaw(raw, sliceMs)
      if (round >= 0) rates.raw.push(rate)
    }
    for (const device of Object.values(fleets).flat()) device.close()
    const ours = median(rates.hub)
    const what = `events/s, ${DEVICES} devices × ${BATCH}, durable, over sockets`
    return [
      compare('ingest-sockets', what, ours, median(rates.raw), 'the same rows as prepared statements, one transaction per 1,000, no socket, no digests'),
      compare('ingest-sockets', what, ours, median(rates.group), 'bare Socket.IO, one plain row per event, one transaction for all that waits'),
      compare('ingest-sockets', what, ours, median(rates.each), 'bare Socket.IO, one plain row per event, one transaction per message'),
      compare('ingest-sockets', `ms that the server is late at most, ${DEVICES} devices × ${BATCH}`, median(late.hub), median(late.group), 'bare Socket.IO, one plain row per event, one transaction for all that waits'),
    ]
  } finally {
    for (const server of Object.values(servers)) await server.close()
    await endChild(raw)
    rmSync(folder, { recursive: true, force: true })
  }
}

const fleetOf = (server: MeasuredServer): Promise<readonly LightDevice[]> => connectAll(server.url, server.devices)

/** Events per second while every device has one batch under way. */
const send = async (fleet: readonly LightDevice[], forMs: number): Promise<number> => {
  const from = performance.now()
  let events = 0
  await Promise.all(fleet.map(async (device) => {
    while (performance.now() - from < forMs) {
      if (!(await device.push(device.taps(BATCH)))) throw new Error('a batch was not stored')
      events += BATCH
    }
  }))
  return (events * 1000) / (performance.now() - from)
}

const askRaw = async (raw: ChildProcess, forMs: number): Promise<number> => {
  const answered = once(raw, 'message')
  raw.send({ devices: DEVICES, batch: BATCH, forMs })
  const [{ perSecond }] = (await answered) as [{ readonly perSecond: number }]
  return perSecond
}
