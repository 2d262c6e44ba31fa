/** What shoppers are asked, and where. */
import type { Localised } from '../kernel/language.ts'

/**
 * csat5: five smileys, 1 … 5 · nps: 0 … 10 · ces7: "leicht gemacht", 1 … 7 · choice: one or more of the options · text: free words, masked on the device.
 */
export type QuestionKind = 'csat5' | 'nps' | 'ces7' | 'choice' | 'text'

export type Question = {
  readonly id: string
  readonly kind: QuestionKind
  readonly text: Localised
  /** For `choice`. */
  readonly options?: readonly { readonly id: string; readonly text: Localised }[]
  /** Asked only if the survey's first answer lies in this range, both ends included. */
  readonly onlyIf?: { readonly from: number; readonly to: number }
}

/** One opening question whose tap counts at once; what follows is an invitation. */
export type Survey = {
  readonly id: string
  readonly opening: Question
  readonly followUps: readonly Question[]
  /** Offer a separate, optional contact field at the end. */
  readonly contact: boolean
}

/** A place of contact between a customer and the store. */
export type Touchpoint = {
  readonly id: string
  readonly name: Localised
  readonly phase: 'before' | 'during' | 'after'
  readonly survey: string
}
