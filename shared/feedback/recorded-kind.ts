/** As what answers stand in the record: what is asked here, and what is only taken over from elsewhere. */
import type { QuestionKind } from './survey.ts'

/** scale10: 1 … 10 of a survey made elsewhere · amount: an amount of money as it was written, `12.50`. */
export type ImportedKind = 'scale10' | 'amount'
/** A matrix is recorded as its rows. */
export type RecordedKind = Exclude<QuestionKind, 'matrix'> | ImportedKind
