/** What somebody has answered so far. */

/** Ratings of a matrix by row; rows that nobody rated are absent. */
export type RowRatings = { readonly [row: string]: number }

/** As it is recorded: a number on the question's scale, option ids (of a ranking: best first), or words. */
export type RecordedValue = number | readonly string[] | string
/** As it is given; a matrix by row. */
export type AnswerValue = RecordedValue | RowRatings

/** What was done with a question: answered, or passed over with "skip". */
export type Given = AnswerValue | 'skipped'

/** By question id, in the order given. */
export type GivenAnswers = ReadonlyMap<string, Given>
