/** Where reading ends: baskets of every size at every distance, one picture each. `npx node test/shared/handoff/envelope.ts [PICTURES]` prints the table of test/handoff.md. */
import { SeededRandom } from '#hub/tools/simulation/seeded-random.ts'
import { encodeHandoff, handoffDigits, handoffUrl } from '#shared/handoff/encode-handoff.ts'
import { AUDIENCE } from './altered-codes.ts'
import { anyShot, photograph, qrOf, readPhoto } from './camera.ts'
import { handoffOfLines } from './random-handoff.ts'

const LINES = [1, 5, 15, 30, 45, 60]
const WIDTHS = [140, 180, 220, 260, 300, 360, 440]
const pictures = Number(process.argv[2] ?? 20)

for (const level of ['M', 'Q'] as const) {
  process.stdout.write(`| lines | version ${level} | ${WIDTHS.map((px) => `${px} px`).join(' | ')} |\n|---|---|${WIDTHS.map(() => '---').join('|')}|\n`)
  for (const lines of LINES) {
    const random = new SeededRandom(lines)
    const code = qrOf(handoffUrl(AUDIENCE, handoffDigits(encodeHandoff(handoffOfLines(lines)), random.bytes(64))), level)
    const shares: string[] = []
    for (const widthPx of WIDTHS) {
      let read = 0
      for (let i = 0; i < pictures; i++) if ((await readPhoto(photograph(code, anyShot(random, widthPx), random))) !== null) read += 1
      shares.push(`${Math.round((100 * read) / pictures)} %`)
    }
    process.stdout.write(`| ${lines} | ${code.version} (${code.modules}) | ${shares.join(' | ')} |\n`)
  }
}
