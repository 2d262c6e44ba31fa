/** The scales people answer on. */
import type { RecordedKind } from './recorded-kind.ts'
import type { QuestionKind } from './survey.ts'

/** Kinds whose answer is one whole number. */
export type ScoredKind = Extract<QuestionKind, 'csat5' | 'smiley4' | 'nps' | 'ces7'> | 'scale10'

export type Scale = { readonly min: number; readonly max: number }

/**
 * Lowest and highest answer, both allowed.
 * Source  csat5: five smileys, 1 worst; smiley4: four, none in the middle; nps: 0 … 10, zero included; ces7: CES 2.0, 1 "not at all easy" … 7; scale10: 1 worst, of surveys made elsewhere.
 */
export const SCALES: { readonly [K in ScoredKind]: Scale } = {
  csat5: { min: 1, max: 5 },
  smiley4: { min: 1, max: 4 },
  nps: { min: 0, max: 10 },
  ces7: { min: 1, max: 7 },
  scale10: { min: 1, max: 10 },
}

export const isScored = (kind: QuestionKind | RecordedKind): kind is ScoredKind => kind in SCALES

/** Every answer the scale allows, lowest first. */
export const scaleValues = (kind: ScoredKind): readonly number[] => {
  const { min, max } = SCALES[kind]
  return Array.from({ length: max - min + 1 }, (_, i) => min + i)
}

export const isOnScale = (kind: ScoredKind, value: number): boolean =>
  Number.isInteger(value) && value >= SCALES[kind].min && value <= SCALES[kind].max
