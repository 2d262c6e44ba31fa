/** How known shops calculate, each as a set of policies. Data only: the engine knows no shop by name. */
import type { Policies } from './policies.ts'

/**
 * Our own way to calculate, spoken by the built-in shop; made so that a person can follow it with a pencil.
 * - Item offers first, then order offers, then shipping; each in the given order, each tested on the running prices.
 * - A percentage on an article is taken from its list price and rounded once per line, half up; two of them add up.
 * - A reduction of the whole basket is taken from what is left to pay, rounded once, and split over the lines by
 *   largest remainder; the first line takes the odd cent on a tie.
 * - Bought and given pieces are different ones: the dearest count as bought, the cheapest are given.
 * - No line, minimum price or shipping charge is ever undercut; prices include tax, which is shown per line, rounded half up.
 */
const EINKLANG: Policies = {
  order: 'passes',
  sort: 'priorityDesc',
  tie: 'asGiven',
  exclusive: 'firstOnly',
  select: 'all',
  codesAndAutos: 'both',
  unitPercentBase: 'list',
  orderBase: 'current',
  shippingBase: 'now',
  percentRound: { scope: 'line', mode: 'halfUp' },
  distribute: 'largestRemainder',
  weights: 'currentLine',
  minPrice: true,
  buyGet: 'apart',
  catalog: { select: 'sequence', roundOn: 'price', mode: 'halfUp' },
  tax: 'perLine',
}

const VENDURE = {
  order: 'passes',
  sort: 'asGiven',
  itemPass: 'perLine',
  unitPercentBase: 'list',
  orderBase: 'current',
  shippingBase: 'now',
  percentRound: { scope: 'line', mode: 'halfDown' },
  distribute: 'floorMaxError',
  weights: 'gross',
  overflow: 'drop',
  buyGet: 'flatY',
  tax: 'vendure',
  arithmetic: 'double',
} as const satisfies Policies

const VENDURE_3 = { ...VENDURE, effectsTogether: true, shippingFloor: 'none' } as const satisfies Policies

/** The highest `sortOrder` first, as priority; of catalogue offers only that one. */
const COMMERCETOOLS = {
  order: 'sequence',
  sort: 'priorityDesc',
  tie: 'asGiven',
  discountCombinationMode: 'Stacking',
  unitPercentBase: 'current',
  orderBase: 'current',
  shippingBase: 'now',
  percentRound: { scope: 'line', mode: 'halfEven' },
  distribute: 'ProportionateDistribution',
  weights: 'currentLine',
  buyGet: 'apart',
  catalog: { select: 'first', roundOn: 'price', mode: 'halfEven' },
  tax: 'perLine',
} as const satisfies Policies

const MEDUSA = {
  order: 'sequence',
  sort: 'asGiven',
  buyGetFirst: true,
  unitPriceFrom: 'list',
  lineBase: 'capMinusApplied',
  unitPercentBase: 'list',
  orderBase: 'current',
  shippingBase: 'now',
  percentRound: { scope: 'line', mode: 'none' },
  distribute: 'exact',
  weights: 'currentLine',
  buyGet: 'reserve',
} as const satisfies Policies

const WOOCOMMERCE = {
  order: 'sequence',
  sort: 'asGiven',
  itemOrder: 'dearestLineSquared',
  sequential: false,
  perUnitCap: false,
  unitPercentBase: 'list',
  orderBase: 'initial',
  percentRound: { scope: 'line', mode: 'halfDown' },
  distribute: 'wooPerUnit',
  tax: 'woo',
} as const satisfies Policies

/** Policies by the name of the dialect. */
export const DIALECTS = {
  einklang: EINKLANG,
  sylius: {
    order: 'sequence',
    sort: 'priorityDesc',
    tie: 'asGiven',
    exclusive: 'firstOnly',
    units: true,
    minPrice: true,
    unitPercentBase: 'list',
    orderBase: 'current',
    shippingBase: 'list',
    percentRound: { scope: 'unit', mode: 'halfUp' },
    distribute: 'roundThenFirst',
    weights: 'currentLine',
    catalog: { select: 'sequence', roundOn: 'price', mode: 'halfUp' },
    tax: 'sylius-lines',
  },
  vendure: VENDURE,
  /** 3.x, as measured on a running shop: a percentage is rounded per line. */
  'vendure-3': VENDURE_3,
  /** 3.x where the order's tax is made once per rate; its interface does not tell, only a probe does. */
  'vendure-3-order-tax': { ...VENDURE_3, tax: 'perRate' },
  /** 2.x rounds a percentage per piece and multiplies. */
  'vendure-2': { ...VENDURE, percentRound: { scope: 'unit', mode: 'halfDown' } },
  medusa: MEDUSA,
  /** 2.18, as measured on a running shop. */
  'medusa-2.18': { ...MEDUSA, lineBase: 'leastOfCapAndRest', dustMinor: '0.01', cheapestBy: 'net', buyGet: 'inTurn', tax: 'exact', totalRounding: 'order' },
  woocommerce: WOOCOMMERCE,
  /** 10.5, as measured on a running shop. */
  'woocommerce-10': { ...WOOCOMMERCE, itemOrder: 'dearestUnit', arithmetic: 'double' },
  shopware: {
    order: 'passes',
    sort: 'priorityDesc',
    stages: ['item', 'order', 'shipping'],
    exclusive: 'preventCombination',
    orderBase: 'initial',
    unitPercentBase: 'list',
    shippingBase: 'list',
    percentRound: { scope: 'order', mode: 'halfUp' },
    distribute: 'none',
    capAtCart: true,
    shippingFixedWins: true,
    tax: 'shopware',
  },
  saleor: {
    order: 'passes',
    sort: 'asGiven',
    select: 'bestOrderOffer',
    codesAndAutos: 'codeReplacesAutoOrder',
    unitPercentBase: 'current',
    orderBase: 'current',
    percentRound: { scope: 'unit', mode: 'halfUp' },
    distribute: 'lastTakesRest',
    catalog: { select: 'best', roundOn: 'discount', mode: 'halfUp' },
  },
  spree: {
    order: 'passes',
    sort: 'asGiven',
    select: 'bestPerTarget',
    stages: ['item', 'shipping', 'order'],
    unitPercentBase: 'current',
    orderBase: 'initial',
    shippingBase: 'now',
    percentRound: { scope: 'line', mode: 'halfUp' },
    distribute: 'largestRemainder',
    weights: 'currentLine',
    tax: 'perLine',
  },
  solidus: {
    order: 'passes',
    sort: 'asGiven',
    select: 'bestPerTarget',
    orderAsLines: true,
    stages: ['item', 'shipping'],
    lanes: ['pre', 'default', 'post'],
    unitPercentBase: 'current',
    orderBase: 'current',
    shippingBase: 'now',
    percentRound: { scope: 'line', mode: 'halfUp' },
    distribute: 'runningFromLast',
    weights: 'currentLine',
    tax: 'perLine',
  },
  prestashop: {
    order: 'sequence',
    sort: 'priorityDesc',
    orderBase: 'current',
    unitPercentBase: 'current',
    percentRound: { scope: 'order', mode: 'none' },
    distribute: 'none',
    totalRounding: 'unit',
  },
  magento: {
    order: 'sequence',
    sort: 'priorityDesc',
    orderBase: 'current',
    unitPercentBase: 'current',
    percentRound: { scope: 'line', mode: 'halfUp' },
    distribute: 'lastTakesRest',
  },
  commercetools: COMMERCETOOLS,
  'commercetools-best-deal': { ...COMMERCETOOLS, discountCombinationMode: 'BestDeal' },
  shopify: {
    order: 'passes',
    sort: 'asGiven',
    select: 'classBest',
    orderSimultaneous: true,
    unitPercentBase: 'list',
    orderBase: 'current',
    shippingBase: 'now',
    percentRound: { scope: 'order', mode: 'halfUp' },
    distribute: 'largestRemainder',
    weights: 'currentLine',
  },
  'shopify-pos': {
    order: 'passes',
    sort: 'asGiven',
    unitPercentBase: 'list',
    orderBase: 'current',
    percentRound: { scope: 'order', mode: 'halfUp' },
    distribute: 'largestRemainder',
    weights: 'currentLine',
  },
  sfcc: {
    order: 'passes',
    sort: 'asGiven',
    unitPercentBase: 'list',
    orderBase: 'current',
    percentRound: { scope: 'order', mode: 'halfUp' },
    distribute: 'largestRemainder',
    weights: 'currentLine',
  },
} as const satisfies { readonly [dialect: string]: Policies }
