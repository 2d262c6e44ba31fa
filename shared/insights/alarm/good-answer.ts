/** Which answers count as good where a change is looked for. */
import type { ScoredKind } from '../../feedback/scales.ts'

/** The lowest good one on each scale: the upper two of five smileys, of four, of ten; 5 of 7; promoters. */
const GOOD_FROM: { readonly [K in ScoredKind]: number } = { csat5: 4, smiley4: 3, nps: 9, ces7: 5, scale10: 9 }

export const isGoodAnswer = (kind: ScoredKind, value: number): boolean => value >= GOOD_FROM[kind]
