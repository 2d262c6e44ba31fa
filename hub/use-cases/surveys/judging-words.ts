/** Words that surveys offer as a scale of five, best first. */

const STEPS: readonly RegExp[] = [
  /^((sehr|äußerst|extrem|voll(kommen|ständig)?|absolut) (zufrieden|gut|glücklich|positiv|freundlich|einfach|leicht|wichtig)|(very|extremely|completely) (satisfied|good|happy|positive|easy|likely|important)|ausgezeichnet|hervorragend|exzellent|excellent|great|begeistert|strongly agree|stimme (voll|voll und ganz|völlig|vollkommen) zu|trifft (voll|voll und ganz|völlig|vollkommen) zu|😍|😀|😃|😄)$/iu,
  /^((eher |ziemlich )?(zufrieden|gut|glücklich|positiv|freundlich|einfach|leicht|wichtig)|(somewhat |rather |quite )?(satisfied|good|happy|positive|agree|easy|likely|important)|(stimme|trifft) (eher |überwiegend )?zu|🙂|😊)$/iu,
  /^(neutral|teils[ /,-]*teils|weder noch|weder zufrieden noch unzufrieden|mittel(mäßig)?|durchschnittlich|befriedigend|ok|okay|average|neither( agree nor disagree| satisfied nor dissatisfied)?|undecided|unentschieden|es geht|so lala|😐)$/iu,
  /^((eher |ziemlich )?(unzufrieden|schlecht|unglücklich|negativ|unfreundlich|schwierig|schwer|unwichtig|traurig)|(somewhat |rather |quite )?(dissatisfied|unsatisfied|bad|poor|unhappy|negative|disagree|difficult|unlikely|unimportant|sad)|(stimme|trifft) (eher |überwiegend )?nicht zu|ausreichend|🙁|😕)$/iu,
  /^((sehr|äußerst|extrem|voll(kommen|ständig)?|absolut) (unzufrieden|schlecht|unglücklich|negativ|unfreundlich|schwierig|schwer|unwichtig|traurig)|(very|extremely|completely) (dissatisfied|unsatisfied|bad|poor|unhappy|negative|difficult|unlikely|unimportant|sad)|mangelhaft|ungenügend|terrible|awful|strongly disagree|(stimme|trifft) (gar|überhaupt) nicht zu|😡|😠|☹️|😢)$/iu,
]

/** Part of a column that may be something else. */
const MOSTLY = 0.9

/**
 * Points of five for the words of a column: 5 the best.
 * Shape   null unless nearly all cells are such words, at least two different ones, no two of one step: "good" below "very good" and "excellent" is no 4.
 */
export const pointsOfWords = (cells: readonly string[]): { readonly [written: string]: number } | null => {
  const filled = cells.filter((cell) => cell !== '')
  const words = [...new Set(filled.map((cell) => cell.toLowerCase()))]
  if (words.length > MOST_WORDS) return null
  const told = words.flatMap((word) => {
    const step = STEPS.findIndex((one) => one.test(word))
    return step < 0 ? [] : [[word, STEPS.length - step] as const]
  })
  const known = new Map(told)
  const isUnique = new Set(told.map(([, points]) => points)).size === told.length
  const share = filled.filter((cell) => known.has(cell.toLowerCase())).length
  return told.length >= 2 && isUnique && share >= MOSTLY * filled.length ? Object.fromEntries(told) : null
}

/** More different words than this are no scale. */
const MOST_WORDS = 30
