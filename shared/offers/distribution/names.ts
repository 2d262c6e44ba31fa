/** The names of all distributions, without their arithmetic: who only reads offers does not load how they are computed. */

/** Every distribution that an offer or a shop may name. `none`: a line of its own; `wooPerUnit`: cent by cent over pieces; the others are in `distribute.ts`. */
export const DISTRIBUTIONS: readonly string[] = [
  'roundThenFirst', 'floorMaxError', 'largestRemainder', 'runningFromLast', 'lastTakesRest', 'exact', 'ProportionateDistribution', 'EvenDistribution', 'IndividualApplication', 'none', 'wooPerUnit',
]
