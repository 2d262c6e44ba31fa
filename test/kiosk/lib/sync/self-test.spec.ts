import { describe, expect, it, vi } from 'vitest'
import { SelfTestHub } from '#kiosk/lib/sync/self-test-hub.ts'
import { runTrial } from '#kiosk/lib/sync/self-test.ts'
import { NO_CHAIN } from '#shared/sync/chain.ts'
import type { Hello, Push } from '#shared/sync/wire.ts'
import { newDisk, nodeSurroundings } from '../../node-surroundings.ts'

const around = () => nodeSurroundings('http://127.0.0.1', newDisk())

describe('the self-test of a device loses nothing', () => {
  it('without a network: 30 answers, of which 20 waited, and lost answers of the hub make none of them double', async () => {
    expect(await runTrial('network', around())).toMatchObject({ name: 'network', said: 30, thanked: 30, refused: 0, arrived: 30, twice: 0, lost: 0 })
  })
  it('without the hub: it dies after saving, and its database comes back from an older copy', async () => {
    expect(await runTrial('hub', around())).toMatchObject({ said: 30, thanked: 30, refused: 0, arrived: 30, twice: 0, lost: 0 })
  })
  it('with a wrong clock: 1970, a day ahead, a day behind, and every moment is right at the hub', async () => {
    const { clockErrorMs, ...result } = await runTrial('clock', around())
    expect(result).toMatchObject({ said: 30, thanked: 30, arrived: 30, twice: 0, lost: 0 })
    expect(clockErrorMs).toBeLessThan(2000)
  })
  it('on a full disk: refuses 10 honestly without the hub, says 10 straight to it, and keeps all that it thanked for', async () => {
    expect(await runTrial('disk', around())).toMatchObject({ said: 40, thanked: 30, refused: 10, arrived: 30, twice: 0, lost: 0 })
  })
  it('and says so when something is lost: a hub that confirms what it never stored', async () => {
    const forgetful = vi.spyOn(SelfTestHub.prototype, 'connect').mockImplementation(() => ({
      hubEpoch: 'h.1',
      ask: async (name, asked) => {
        const payload: unknown = JSON.parse(JSON.stringify(asked))
        if (name === 'hello') return { n: (payload as Hello).n, hubEpoch: 'h.1', hw: 0, hc: NO_CHAIN, safe: 0, now: 1, min: 1, max: 9 }
        const last = (payload as Push).ev.at(-1)!.seq
        return { hubEpoch: 'h.1', upto: last, hw: last, safe: 0, now: 1 }
      },
      drop: () => undefined,
    }))
    expect(await runTrial('network', around())).toMatchObject({ said: 30, thanked: 30, arrived: 0, lost: 30 })
    forgetful.mockRestore()
  })
  it('and leaves nothing behind', async () => {
    const disk = newDisk()
    await runTrial('network', nodeSurroundings('http://127.0.0.1', disk))
    expect(await disk.databases()).toEqual([])
  })
})
