/** How each score is computed, in words for a screen: vendors differ, so the number never stands alone. */
import type { Localised } from '../kernel/language.ts'
import { THIN_HALF_WIDTH, type Metric } from './figure.ts'

/** Meaning of the score with its interval. Source  NPS: Reichheld, Harvard Business Review 12/2003, 0 counted in; CES 2.0: Dixon, Toman and DeLisi, The Effortless Experience (2013). */
export const formulaOf = (metric: Metric): Localised => FORMULAS[metric]

/** What "too few answers" means: not a number of answers, but how far the score may be off. */
export const tooFewWords: Localised = {
  de: `Zu wenig Antworten: Der Wert kann um mehr als ${THIN_HALF_WIDTH} Punkte danebenliegen.`,
  en: `Too few answers: the score may be off by more than ${THIN_HALF_WIDTH} points.`,
}

const FORMULAS: { readonly [M in Metric]: Localised } = {
  nps: {
    de: 'Anteil 9–10 minus Anteil 0–6 von 0–10; 95-%-Bereich aus der Streuung p + d − (p − d)².',
    en: 'Share of 9–10 minus share of 0–6 of 0–10; 95 % interval from the variance p + d − (p − d)².',
  },
  csat: {
    de: 'Anteil 4–5 von 1–5; 95-%-Bereich nach Wilson.',
    en: 'Share of 4–5 of 1–5; 95 % interval by Wilson.',
  },
  ces: {
    de: 'Anteil 5–7 von 1–7 auf „Es wurde mir leicht gemacht“; 95-%-Bereich nach Wilson.',
    en: 'Share of 5–7 of 1–7 on “it was made easy for me”; 95 % interval by Wilson.',
  },
  smiley: {
    de: 'Anteil 3–4 von 1–4 (vier Gesichter); 95-%-Bereich nach Wilson.',
    en: 'Share of 3–4 of 1–4 (four faces); 95 % interval by Wilson.',
  },
}

/** How importance is derived. Source  Johnson (2000); Lindeman, Merenda and Gold (1980). */
export const driversFormula: Localised = {
  de: 'Anteil jeder Bewertung an der gemeinsam erklärten Streuung des Gesamturteils: relative Gewichte (Johnson) mit 95-%-Bereich aus 400 Ziehungen, daneben LMG. Zusammenhang, nicht Ursache.',
  en: 'Each rating’s share of the variance of the overall judgement that all explain together: relative weights (Johnson) with a 95 % interval from 400 draws, LMG beside them. Correlation, not cause.',
}

/** What a topic's figures count. */
export const topicsFormula: Localised = {
  de: 'Anteil der Kommentare, die ein Thema nennen, und davon der Anteil, der tadelt; erkannt an Wortlisten, 95-%-Bereich nach Wilson.',
  en: 'Share of comments that name a topic, and of these the share that blames; known by word lists, 95 % interval by Wilson.',
}

/** Answers that would make a score certain to ± `half` points, from the answers so far. Source  the width of an interval shrinks with the root of n. */
export const answersNeeded = (n: number, halfWidth: number, half = THIN_HALF_WIDTH): number => Math.ceil(n * (halfWidth / half) ** 2)
