/**
 * The answers of a store that does not exist: thirteen weeks at the demo shop's touchpoints, the same for the same seed but for the day they end on. There is a story
 * in them to be found: evenings at the checkout get worse at the end, fruit and vegetables became better five weeks before it, and what makes people happy is the checkout.
 */
import { seededRandom } from '#shared/insights/statistics/seeded-random.ts'
import { SAMPLE_COMMENTS } from './sample-comments.ts'

export type SampleTable = { readonly survey: 'store-visit' | 'department'; readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] }

/** `endsAt`: instant of the last answers; `perDay`: answers of the whole store on a day. */
export type SampleWish = { readonly seed: number; readonly weeks: number; readonly perDay: number; readonly endsAt: number }

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
/** Beside the survey's own questions: what the score is explained with. They stand in no document, so their names are the words that people read. */
export const RATINGS = ['Preise', 'Qualität', 'Sauberkeit', 'Verfügbarkeit', 'Beratung', 'Wartezeit'] as const
const WEIGHTS: readonly number[] = [0.15, 0.2, 0.1, 0.15, 0.15, 0.45]
const VISIT = ['at', 'place', 'visit', 'reason', 'find', 'recommend', 'comment', ...RATINGS] as const
const DEPARTMENT = ['at', 'place', 'department', 'department-reason', 'comment'] as const

type Place = { readonly id: string; readonly share: number; readonly mean: number; readonly about: readonly string[] }
const STORE: readonly Place[] = [
  { id: 'entrance', share: 0.1, mean: 4.2, about: ['clean', 'price'] },
  { id: 'kiosk', share: 0.25, mean: 4.3, about: ['missing', 'price', 'staff'] },
  { id: 'checkout', share: 0.35, mean: 3.9, about: ['queue', 'queue', 'queue', 'price', 'staff'] },
]
const DEPARTMENTS: readonly Place[] = [
  { id: 'produce', share: 0.18, mean: 3.6, about: ['fresh', 'fresh', 'missing', 'price'] },
  { id: 'cheese-counter', share: 0.12, mean: 4.5, about: ['staff', 'staff', 'fresh'] },
]

export const sampleTables = (wish: SampleWish): readonly SampleTable[] => {
  const random = seededRandom(wish.seed)
  const visits: (readonly string[])[] = []
  const departments: (readonly string[])[] = []
  for (let back = wish.weeks * 7 - 1; back >= 0; back--) {
    const day = new Date(wish.endsAt - back * DAY_MS)
    if (day.getUTCDay() === 0) continue
    for (const place of [...STORE, ...DEPARTMENTS]) {
      const count = Math.round(wish.perDay * place.share * (0.8 + 0.4 * random()))
      for (let i = 0; i < count; i++) {
        const hour = 7 + Math.min(12, Math.floor(13 * Math.sqrt(random())))
        const at = Math.floor(day.getTime() / DAY_MS) * DAY_MS + hour * HOUR_MS + Math.floor(random() * HOUR_MS)
        if (at > wish.endsAt) continue
        const mood = place.mean + rush(day.getUTCDay(), hour) + turn(place.id, back, hour) + 2.2 * (random() + random() + random() - 1.5)
        if (STORE.includes(place)) visits.push(visitRow(place, at, mood, random))
        else departments.push(departmentRow(place, at, mood, random))
      }
    }
  }
  return [{ survey: 'store-visit', header: VISIT, rows: visits }, { survey: 'department', header: DEPARTMENT, rows: departments }]
}

/** Friday and Saturday after work are worse everywhere. */
const rush = (weekday: number, hour: number): number => (weekday >= 5 && hour >= 15 ? -0.35 : 0)

/** What has changed in this store. */
const turn = (place: string, daysBack: number, hour: number): number => {
  if (place === 'checkout' && daysBack < 9 && hour >= 15) return -1.3
  if (place === 'produce' && daysBack < 35) return 0.8
  return 0
}

const visitRow = (place: Place, at: number, mood: number, random: () => number): readonly string[] => {
  const ratings = RATINGS.map((name) => clamp(mood + (name === 'Wartezeit' && place.id === 'checkout' ? -0.4 : 0) + 1.8 * (random() + random() - 1), 5))
  const score = clamp(ratings.reduce((sum, rating, i) => sum + rating * WEIGHTS[i]!, 0) / 1.2 + 0.6 * (random() - 0.5), 5)
  const goesOn = random() < 0.55
  const about = place.about[Math.floor(random() * place.about.length)]!
  return [
    new Date(at).toISOString(),
    place.id,
    String(score),
    score <= 3 && random() < 0.7 ? about : '',
    goesOn ? String(clamp(score + 1.6 + 1.5 * (random() - 0.5), 7)) : '',
    goesOn && random() < 0.8 ? String(Math.min(10, Math.max(0, Math.round(score * 2 + 3 * (random() - 0.55))))) : '',
    commentOf(about, score, random),
    ...(random() < 0.3 ? ratings.map(String) : RATINGS.map(() => '')),
  ]
}

const REASONS: { readonly [about: string]: string } = { fresh: 'fresh', missing: 'range', price: 'price', staff: 'staff' }
const departmentRow = (place: Place, at: number, mood: number, random: () => number): readonly string[] => {
  const score = clamp(mood, 5)
  const about = place.about[Math.floor(random() * place.about.length)]!
  return [new Date(at).toISOString(), place.id, String(score), score <= 3 && random() < 0.7 ? (REASONS[about] ?? 'label') : '', commentOf(about, score, random)]
}

const commentOf = (about: string, score: number, random: () => number): string => {
  if (random() > 0.11) return ''
  const { good, bad } = SAMPLE_COMMENTS[about]!
  const list = score >= 4 ? good : bad
  return list[Math.floor(random() * list.length)]!
}

const clamp = (value: number, most: number): number => Math.min(most, Math.max(1, Math.round(value)))
