/** The weekly letter as it was told: figures stay as they are kept, words of shoppers are looked up by id each time, so that what was erased is gone from old letters too. */
import * as v from 'valibot'
import type { Localised } from '../kernel/language.ts'
import { METRICS, type Metric } from '../insights/figure.ts'

/** A score beside that of the week before. Null where nothing may be told. */
export type LetterFigure = { readonly metric: Metric; readonly n: number; readonly score: number | null; readonly low: number | null; readonly high: number | null; readonly before: { readonly n: number; readonly score: number | null } | null }
/** A place whose satisfaction moved. `certain`: more than chance, looked at together with all the other places. Shares of 100. */
export type LetterChange = { readonly place: Localised; readonly was: number; readonly is: number; readonly low: number; readonly high: number; readonly n: number; readonly certain: boolean }

/** What is kept of a letter. */
export type KeptLetter = {
  /** Its Monday, as a day of the store. */
  readonly week: string
  readonly lastDay: string
  readonly toldAt: number
  readonly store: string
  readonly headline: Localised
  readonly change: Localised | null
  readonly figures: readonly LetterFigure[]
  /** Answers of which no place is told. */
  readonly withheld: number
  readonly changes: readonly LetterChange[]
  /** Devices whose answers of this week were not all here. */
  readonly missing: readonly { readonly name: string; readonly waiting: number; readonly lost: number }[]
  /** Ids of up to three comments. */
  readonly voices: readonly string[]
  readonly done: readonly Localised[]
  readonly next: readonly Localised[]
}

/** `text` null: it was erased or is too old. */
export type LetterVoice = { readonly text: string | null; readonly place: Localised | null }
export type WeeklyLetter = Omit<KeptLetter, 'voices'> & { readonly voices: readonly LetterVoice[] }

const whole = v.pipe(v.number(), v.safeInteger())
const count = v.pipe(whole, v.minValue(0))
const localised = v.strictObject({ de: v.string(), en: v.string() })
const score = v.nullable(v.number())

export const WeeklyLetterFields = v.strictObject({
  week: v.string(),
  lastDay: v.string(),
  toldAt: whole,
  store: v.string(),
  headline: localised,
  change: v.nullable(localised),
  figures: v.array(v.strictObject({ metric: v.picklist(METRICS), n: count, score, low: score, high: score, before: v.nullable(v.strictObject({ n: count, score })) })),
  withheld: count,
  changes: v.array(v.strictObject({ place: localised, was: v.number(), is: v.number(), low: v.number(), high: v.number(), n: count, certain: v.boolean() })),
  missing: v.array(v.strictObject({ name: v.string(), waiting: count, lost: count })),
  voices: v.array(v.strictObject({ text: v.nullable(v.string()), place: v.nullable(localised) })),
  done: v.array(localised),
  next: v.array(localised),
})
