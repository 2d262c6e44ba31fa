/** The store that tours walk through: a hub of its own with the demo shop and four weeks of answers, gone afterwards. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { csvLine } from '../../use-cases/csv-line.ts'
import { HubProcess } from '../rig/hub-process.ts'
import { employ } from './sign-in.ts'
import type { TourStore } from './tour.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const DAYS = 28
const ANSWERS_A_DAY = 30
const WORDS = ['Sehr freundliche Beratung an der Käsetheke.', 'Die Schlange an der Kasse war heute lang.', 'Mehr regionales Obst wäre schön.', 'Alles gefunden, danke.', 'Der Preis am Regal stimmte mit dem Bon überein.'] as const
/** Where people answer, and how content they are there: mean on the scale of five. */
const PLACES: readonly (readonly [place: string, mean: number])[] = [
  ['kiosk', 4.3],
  ['checkout', 3.1],
  ['produce', 3.9],
  ['cheese-counter', 4.5],
]

export const openTourStore = async (): Promise<TourStore & { readonly close: () => Promise<void> }> => {
  const hub = await HubProcess.start()
  await employ(hub)
  importAnswers(hub.dataDir)
  return { hub, close: () => hub.remove() }
}

const importAnswers = (dataDir: string): void => {
  const folder = mkdtempSync(join(tmpdir(), 'einklang-answers-'))
  try {
    const table = join(folder, 'answers.csv')
    const map = join(folder, 'map.json')
    writeFileSync(table, `${csvLine(['at', 'place', 'overall', 'nps_0_10', 'comment'])}\n${answers(Date.now()).join('\n')}\n`)
    writeFileSync(map, JSON.stringify(MAP))
    const { status, stderr } = spawnSync(process.execPath, ['hub/tools/import.ts', 'feedback', table, '--map', map, '--data', dataDir], { cwd: ROOT, encoding: 'utf8' })
    if (status !== 0) throw new Error(`no answers for the tour: ${stderr}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const MAP = {
  survey: 'store-visit',
  touchpoint: { column: 'place' },
  at: { column: 'at', timeZone: 'Europe/Berlin' },
  language: 'de',
  questions: [
    { column: 'overall', kind: 'csat5' },
    { column: 'nps_0_10', question: 'nps', kind: 'nps' },
    { column: 'comment', kind: 'text' },
  ],
}

/** The same answers every time, but for the day they end on. */
const answers = (now: number): readonly string[] => {
  const chance = drawer(7)
  return Array.from({ length: DAYS * ANSWERS_A_DAY }, (_, i) => {
    const at = now - (i / ANSWERS_A_DAY) * DAY_MS - chance() * 3 * HOUR_MS
    const [place, mean] = PLACES[Math.floor(chance() * PLACES.length)]!
    const score = Math.min(5, Math.max(1, Math.round(mean + (chance() + chance() + chance() - 1.5) * 2)))
    const nps = Math.min(10, Math.max(0, Math.round(score * 2 + (chance() - 0.6) * 3)))
    return csvLine([new Date(at).toISOString(), place, score, chance() < 0.5 ? nps : '', chance() < 0.08 ? WORDS[Math.floor(chance() * WORDS.length)]! : ''])
  })
}

/** Small and repeatable; good enough for pictures. */
const drawer = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}
