/** Digits that are no code of ours, as somebody sends them who wants the shop to stumble. */
import { SeededRandom } from '#hub/tools/simulation/seeded-random.ts'
import { decodeHandoff } from '#shared/handoff/decode-handoff.ts'
import { readBadDigits } from '../../shared/handoff/altered-codes.ts'
import { unless, type Drill } from '../drill.ts'

const PER_ROUND = 1000

export const handOffNoise: Drill = {
  name: 'hand-off-noise',
  about: '1,000 spoiled codes a round: each is answered with a reason, or is the only text of what it says',
  needs: [],
  rounds: { light: 5, full: 100 },
  plants: ['ends-forgiven'],
  run: async ({ rounds, from, plant, say }) => {
    const outcomes: Record<string, number> = {}
    let twice = 0
    let read = 0
    for (let round = from; round < from + rounds; round++) {
      const part = readBadDigits(PER_ROUND, new SeededRandom(round), ...(plant === null ? [] : [lenient]))
      twice += part.twice.length
      for (const [what, count] of Object.entries(part.outcomes)) {
        outcomes[what] = (outcomes[what] ?? 0) + count
        read += count
      }
      if (round % 20 === 0) say(JSON.stringify(outcomes))
      await new Promise(setImmediate)
    }
    return { figures: { read, twice, outcomes: JSON.stringify(outcomes) }, broken: [...unless(twice === 0, `${twice} texts say what another text says too`), ...unless(read === rounds * PER_ROUND, 'not all were answered')] }
  },
}

/** Takes off what it does not know, and reads again. */
const lenient = (digits: string): ReturnType<typeof decodeHandoff> => {
  const read = decodeHandoff(digits)
  return read.ok || digits.length < 17 ? read : lenient(digits.slice(0, -17))
}
