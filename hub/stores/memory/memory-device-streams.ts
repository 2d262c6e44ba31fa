/** Words of devices about their streams in memory. */
import type { DeviceStreams } from '#hub/ports/device-streams.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import type { StreamWord } from '#shared/sync/completeness.ts'
import type { MemoryBox } from './memory-box.ts'

export const memoryDeviceStreams = (box: MemoryBox): DeviceStreams => {
  const wordsOf = (dev: DeviceId): readonly StreamWord[] =>
    [...box.state.streams].filter(([key]) => key.startsWith(`${dev} `)).map(([, word]) => word).toSorted((a, b) => a.firstSeenAt - b.firstSeenAt || (a.ep < b.ep ? 1 : -1))
  const newOf = (dev: DeviceId, { ep, brought }: StreamWord): number =>
    Array.from({ length: brought }, (_, i) => box.state.numbered.get(`${dev} ${ep} ${i + 1}`)).filter((at) => at && box.state.events.get(at.id)?.ep === ep && box.state.events.get(at.id)?.dev === dev).length
  return {
    find: (dev, ep) => box.state.streams.get(`${dev} ${ep}`) ?? null,
    newest: (dev) => wordsOf(dev).at(-1) ?? null,
    save: (dev, word) => void box.state.streams.set(`${dev} ${word.ep}`, word),
    declareLost: (dev, ep, to) => {
      const word = box.state.streams.get(`${dev} ${ep}`)
      if (word) box.state.streams.set(`${dev} ${ep}`, { ...word, declaredTo: Math.max(word.declaredTo, to) })
    },
    of: (dev) => wordsOf(dev).map((word) => Object.assign({}, word, { held: box.state.producers.get(`${dev} ${word.ep}`)?.hw ?? 0, newOfBrought: newOf(dev, word) })),
  }
}
