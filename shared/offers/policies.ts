/** How a shop calculates: every point at which shops differ, by the name of its policy. */
import type { RoundingMode } from './pricing-context.ts'

export type Policies = {
  readonly order?: 'sequence' | 'passes'
  readonly stages?: readonly ('item' | 'order' | 'shipping')[]
  readonly itemPass?: 'all' | 'perLine'
  readonly sort?: 'priorityDesc' | 'asGiven'
  readonly tie?: 'asGiven' | 'newestFirst'
  readonly exclusive?: 'none' | 'firstOnly' | 'preventCombination'
  readonly select?: 'all' | 'bestPerTarget' | 'classBest' | 'bestOrderOffer'
  readonly lanes?: readonly string[]
  readonly orderAsLines?: boolean
  readonly codesAndAutos?: 'both' | 'codeReplacesAutoOrder'
  readonly unitPercentBase?: 'list' | 'current'
  readonly orderBase?: 'initial' | 'current'
  readonly shippingBase?: 'list' | 'now'
  readonly orderSimultaneous?: boolean
  readonly percentRound?: { readonly scope: 'unit' | 'line' | 'order'; readonly mode: RoundingMode }
  readonly distribute?: 'roundThenFirst' | 'floorMaxError' | 'largestRemainder' | 'runningFromLast' | 'lastTakesRest' | 'wooPerUnit' | 'exact' | 'none'
  readonly weights?: 'currentLine' | 'gross'
  readonly overflow?: 'keep' | 'drop'
  readonly units?: boolean
  readonly minPrice?: boolean
  readonly capAtCart?: boolean
  readonly shippingFixedWins?: boolean
  readonly sequential?: boolean
  readonly perUnitCap?: boolean
  readonly itemOrder?: 'asGiven' | 'dearestLineSquared'
  readonly lineBase?: string
  readonly unitPriceFrom?: string
  readonly buyGetFirst?: boolean
  readonly buyGet?: 'flatY' | 'reserve' | 'apart'
  readonly catalog?: { readonly select: 'sequence' | 'best'; readonly roundOn: 'price' | 'discount'; readonly mode: RoundingMode }
  readonly tax?: 'sylius-lines' | 'sylius-units' | 'sylius-units-decimal' | 'vendure' | 'shopware' | 'woo' | 'perLine'
  readonly totalRounding?: 'unit' | 'line' | 'order'
}
