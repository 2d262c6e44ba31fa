/** Codes of kiosks in which somebody turned one bit: every bit of every code. */
import { SeededRandom } from '#hub/tools/simulation/seeded-random.ts'
import { flipEveryBit, type Flips } from '../../shared/handoff/altered-codes.ts'
import { unless, type Drill } from '../drill.ts'

const CHUNK = 25

export const handOffFlips: Drill = {
  name: 'hand-off-flips',
  about: 'every single bit of a signed code is turned: none of them opens; rounds are codes',
  needs: [],
  rounds: { light: 3, full: 1000 },
  plants: ['signature-unchecked'],
  run: async ({ rounds, from, plant, say }) => {
    const all = { quotes: 0, bits: 0, accepted: 0, refused: 0 }
    for (let first = from; first < from + rounds; first += CHUNK) {
      const part: Flips = flipEveryBit(Math.min(CHUNK, from + rounds - first), new SeededRandom(first), ...(plant === null ? [] : [() => true]))
      for (const name of ['quotes', 'bits', 'accepted', 'refused'] as const) all[name] += part[name]
      say(JSON.stringify(all))
      await new Promise(setImmediate)
    }
    return {
      figures: all,
      broken: [...unless(all.accepted === 0, `${all.accepted} altered codes were accepted`), ...unless(all.refused === 0, `${all.refused} codes were refused as they were made`), ...unless(all.bits >= rounds * 700, 'too few bits to mean anything')],
    }
  },
}
