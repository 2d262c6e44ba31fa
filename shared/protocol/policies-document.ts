/** Document `policies/main`: how the shop calculates. */
import * as v from 'valibot'
import type { Policies } from '../offers/policies.ts'
import { text } from './document-fields.ts'

const mode = v.picklist(['halfUp', 'halfDown', 'halfEven', 'floor', 'ceil', 'none'])
const flag = v.exactOptional(v.boolean())
const oneOf = <const T extends readonly string[]>(...names: T) => v.exactOptional(v.picklist(names))

export const policiesSchema: v.GenericSchema<unknown, Policies> = v.strictObject({
  order: oneOf('sequence', 'passes'),
  stages: v.exactOptional(v.pipe(v.array(v.picklist(['item', 'order', 'shipping'])), v.maxLength(3))),
  itemPass: oneOf('all', 'perLine'),
  sort: oneOf('priorityDesc', 'asGiven'),
  tie: oneOf('asGiven', 'newestFirst'),
  exclusive: oneOf('none', 'firstOnly', 'preventCombination', 'firstCodeOnly'),
  select: oneOf('all', 'bestPerTarget', 'classBest', 'bestOrderOffer'),
  lanes: v.exactOptional(v.pipe(v.array(text(40)), v.maxLength(16))),
  orderAsLines: flag,
  codesAndAutos: oneOf('both', 'codeReplacesAutoOrder'),
  unitPercentBase: oneOf('list', 'current'),
  orderBase: oneOf('initial', 'current'),
  shippingBase: oneOf('list', 'now'),
  orderSimultaneous: flag,
  arithmetic: oneOf('exact', 'double'),
  effectsTogether: flag,
  percentRound: v.exactOptional(v.strictObject({ scope: v.picklist(['unit', 'line', 'order']), mode })),
  distribute: oneOf('roundThenFirst', 'floorMaxError', 'largestRemainder', 'runningFromLast', 'lastTakesRest', 'wooPerUnit', 'exact', 'none', 'ProportionateDistribution', 'EvenDistribution', 'IndividualApplication'),
  weights: oneOf('currentLine', 'gross'),
  overflow: oneOf('keep', 'drop'),
  units: flag,
  minPrice: flag,
  capAtCart: flag,
  shippingFloor: oneOf('zero', 'none'),
  shippingFixedWins: flag,
  sequential: flag,
  dustMinor: v.exactOptional(v.pipe(v.string(), v.regex(/^\d{1,4}(\.\d{1,6})?$/))),
  cheapestBy: oneOf('list', 'net'),
  perUnitCap: flag,
  itemOrder: oneOf('asGiven', 'dearestLineSquared', 'dearestUnit'),
  lineBase: v.exactOptional(text(40)),
  unitPriceFrom: v.exactOptional(text(40)),
  buyGetFirst: flag,
  buyGet: oneOf('flatY', 'reserve', 'inTurn', 'apart'),
  catalog: v.exactOptional(v.strictObject({ select: v.picklist(['sequence', 'best', 'first']), roundOn: v.picklist(['price', 'discount']), mode })),
  tax: oneOf('sylius-lines', 'sylius-units', 'sylius-units-decimal', 'vendure', 'shopware', 'woo', 'wooSubtotal', 'perLine', 'perRate', 'exact'),
  discountCombinationMode: oneOf('Stacking', 'BestDeal'),
  cashRounding: v.exactOptional(v.strictObject({ intervalMinor: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)), mode })),
  totalRounding: oneOf('unit', 'line', 'order'),
})
