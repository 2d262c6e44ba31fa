/** What one more connected device costs the hub: memory, the processor while it connects, and the processor while it only stays. */
import { connectAll } from './light-device.ts'
import { startBare, startHub, type MeasuredServer } from './measured-server.ts'
import { compare, median, type Comparison, type Scale } from './measure.ts'

type Cost = { readonly rssKb: number; readonly connectMs: number; readonly stayMsPerMinute: number }

export const deviceCost = async ({ quick }: Scale): Promise<readonly Comparison[]> => {
  const [devices, rounds, stayMs] = quick ? [200, 1, 2000] : [1000, 2, 6000]
  const costs = { hub: [] as Cost[], bare: [] as Cost[] }
  for (let round = 0; round < rounds; round++) {
    costs.hub.push(await costOf(await startHub(devices), stayMs))
    costs.bare.push(await costOf(await startBare('echo', devices), stayMs))
  }
  const row = (what: keyof Cost, unit: string): Comparison => compare('device-cost', `${unit}, ${devices} connected`, median(costs.hub.map((cost) => cost[what])), median(costs.bare.map((cost) => cost[what])), 'bare Socket.IO without token, proof of key, roles and reports')
  return [row('rssKb', 'kB of memory per device'), row('connectMs', 'ms of processor per device that connects and greets'), row('stayMsPerMinute', 'ms of processor per minute and idle device')]
}

const costOf = async (server: MeasuredServer, stayMs: number): Promise<Cost> => {
  try {
    // The first ones pay for what all share.
    const warm = Math.ceil(server.devices.length / 20)
    const first = await connectAll(server.url, server.devices.slice(0, warm))
    const before = await server.read('gc')
    const others = await connectAll(server.url, server.devices.slice(warm))
    const connected = await server.read('gc')
    await new Promise((resolve) => setTimeout(resolve, stayMs))
    const after = await server.read()
    const all = [...first, ...others]
    for (const device of all) device.close()
    return {
      rssKb: (connected.rssBytes - before.rssBytes) / 1024 / others.length,
      connectMs: (connected.cpuMs - before.cpuMs) / others.length,
      stayMsPerMinute: ((after.cpuMs - connected.cpuMs) / all.length) * (60_000 / stayMs),
    }
  } finally {
    await server.close()
  }
}
