/** Pairs of offers that together give too much: found by pricing baskets made for both, never by guessing. */
import type { Product } from '../../catalogue/product.ts'
import type { Offer } from '../../offers/offer.ts'
import { found, findingKey, type Finding, type ReviewedOffer, type Rule } from './finding.ts'
import { both, inBoth, money, named, percentWords } from './review-words.ts'
import type { ReviewedShop } from './reviewed-shop.ts'
import { isBelowCost, reachOf, thinnest, type Solo } from './solo-rules.ts'
import { depthBps, evidenceOf, type Pricer, type Trial } from './try-basket.ts'
import { witnessFor, type Wish, type Witness } from './witness-basket.ts'

/** Two offers that together take this much are worth a look, when neither does so alone. */
export const DEEP_BPS = 5000
/** And so much is news even beside one that takes half. */
export const VERY_DEEP_BPS = 8000
/** Offers of one article that are paired with each other: the deepest. */
export const PAIRED_PER_ARTICLE = 20
/** Offers on the whole basket that are paired with those of an article. */
export const PAIRED_ANYWHERE = 12
/** Offers that one finding names at most. */
const MOST_BLAMED = 3
/** Pairs that are priced; at some 0.3 ms each this stays within seconds. */
export const MAX_PAIRS = 10_000

/** Stacks that are told; who has so many reads no further. */
export const MAX_STACKS = 200

type Pair = { readonly a: Solo; readonly b: Solo; readonly focus: Product | undefined }

/** Findings of all pairs, and a note where not every pair was priced. */
export const stackingFindings = (solos: readonly Solo[], all: readonly Offer[], byId: ReadonlyMap<string, ReviewedOffer>, shop: ReviewedShop, price: Pricer): readonly Finding[] => {
  const { pairs, leftOut } = pairsOf(solos, shop)
  const findings = new Map<string, Finding>()
  let tried = 0
  for (const pair of pairs) {
    if (findings.size >= MAX_STACKS) break
    tried += 1
    const finding = tryPair(pair, all, byId, shop, price)
    if (finding) findings.set(findingKey(finding), finding)
  }
  const inAll = pairs.length + leftOut
  return tried === inAll ? [...findings.values()] : [...findings.values(), found('limit-reached', [], '', both(`Von ${inAll} Paaren wurden die ${tried} stärksten geprüft.`, `Of ${inAll} pairs the ${tried} strongest were tried.`))]
}

const byDepth = (a: Solo, b: Solo): number => b.depthBps - a.depthBps

/** Offers can only add up where both reach: on a common article, or on the whole basket. */
const pairsOf = (solos: readonly Solo[], shop: ReviewedShop): { readonly pairs: readonly Pair[]; readonly leftOut: number } => {
  const giving = solos.filter(({ depthBps: depth }) => depth > 0)
  const places = new Map(giving.map((solo, i) => [solo, i]))
  const anywhere: Solo[] = []
  const byArticle = new Map<Product, Solo[]>()
  for (const solo of giving) {
    const reach = reachOf(solo.reviewed.offer, shop)
    if (reach === null) anywhere.push(solo)
    for (const product of reach ?? []) {
      const group = byArticle.get(product)
      if (group) group.push(solo)
      else byArticle.set(product, [solo])
    }
  }
  const deepest = anywhere.sort(byDepth).slice(0, PAIRED_ANYWHERE)
  const pairs = new Map<number, Pair>()
  let leftOut = 0
  const add = (one: Solo, other: Solo, focus: Product | undefined): void => {
    const [a, b] = places.get(one)! < places.get(other)! ? [one, other] : [other, one]
    const key = places.get(a)! * giving.length + places.get(b)!
    if (!pairs.has(key)) pairs.set(key, { a, b, focus })
  }
  for (const [i, one] of deepest.entries()) for (const other of deepest.slice(i + 1)) add(one, other, undefined)
  for (const [product, group] of [...byArticle].sort(([a], [b]) => a.priceCents - b.priceCents || a.number - b.number)) {
    const here = group.sort(byDepth).slice(0, PAIRED_PER_ARTICLE)
    leftOut += (group.length * (group.length - 1)) / 2 - (here.length * (here.length - 1)) / 2
    for (const [i, one] of here.entries()) for (const other of [...here.slice(i + 1), ...deepest]) add(one, other, product)
  }
  const strongest = [...pairs.values()].sort((x, y) => y.a.depthBps + y.b.depthBps - x.a.depthBps - x.b.depthBps).slice(0, MAX_PAIRS)
  const cut = anywhere.length - deepest.length
  return { pairs: strongest, leftOut: leftOut + pairs.size - strongest.length + cut * giving.length }
}

const isFree = ({ trial }: Solo): boolean => trial.paidCents <= 0 && trial.baseCents > 0

const TRIES: readonly Wish[] = [{}, { stretchPercent: 150 }, { climb: true }, { stretchPercent: 300 }]

const tryPair = ({ a, b, focus }: Pair, all: readonly Offer[], byId: ReadonlyMap<string, ReviewedOffer>, shop: ReviewedShop, price: Pricer): Finding | null => {
  const offers = [a.reviewed.offer, b.reviewed.offer]
  const thin = shop.costs.size > 0 ? thinnest(reachOf(a.reviewed.offer, shop) ?? reachOf(b.reviewed.offer, shop) ?? [], shop) : null
  const focuses = [focus, ...(thin && thin !== focus ? [thin] : [])]
  for (const one of focuses) {
    for (const wish of TRIES) {
      const witness = witnessFor(offers, shop, { ...wish, ...(one && { focus: one }) })
      if (!witness) break
      const trial = price(witness, offers)
      if (!offers.every(({ id }) => trial.applied.has(id))) continue
      const known = isFree(a) || isFree(b) // That one alone gives baskets away is told already; with every partner it cuts deep.
      const broken = brokenBy(trial, offers, witness, price, known ? TESTS.filter(([name]) => name === 'stacks-below-cost') : TESTS)
      const among = broken && price(witness, all)
      const blamed = among && blame(broken, among, offers)
      if (blamed) return stackFinding(broken[0], blamed.map((id) => byId.get(id)!), blamed.length === offers.length && offers.every(({ id }) => blamed.includes(id)) ? trial : among)
      if (trial.paidCents < trial.baseCents && !wish.climb) break
    }
  }
  return null
}

type Test = readonly [rule: Rule, test: (trial: Trial, offers: readonly Offer[]) => boolean]
const TESTS: readonly Test[] = [
  ['stacks-to-zero', (trial, offers) => trial.baseCents > 0 && (trial.paidCents <= 0 || hasFreeLine(trial, offers))],
  ['stacks-below-cost', isBelowCost],
  ['stacks-deep', (trial) => depthBps(trial) >= VERY_DEEP_BPS],
  ['stacks-deep', (trial) => depthBps(trial) >= DEEP_BPS],
]

/** A line that several of the offers brought to nothing. */
const hasFreeLine = ({ priced }: Trial, offers: readonly Offer[]): boolean =>
  priced.lines.some(({ totalMinor, reductions }) => totalMinor <= 0 && offers.filter(({ id }) => reductions.some(({ offerId }) => offerId === id)).length > 1)

/** The gravest thing that both do together and neither alone. */
const brokenBy = (trial: Trial, offers: readonly Offer[], witness: Witness, price: Pricer, tests: readonly Test[]): Test | null => {
  const broken = tests.filter(([, test]) => test(trial, offers))
  if (broken.length === 0) return null
  const alone = offers.map((offer) => price(witness, [offer]))
  return broken.find(([rule, test]) => alone.every((one) => !test(one, offers) && !(rule === 'stacks-to-zero' && one.paidCents <= 0))) ?? null
}

/** Who does it among all offers: both, or, where others come in, the largest shares; null where a third offer keeps them from it. */
const blame = ([, test]: Test, among: Trial, offers: readonly Offer[]): readonly string[] | null => {
  if (!test(among, offers)) return null
  if (offers.every(({ id }) => among.applied.has(id))) return offers.map(({ id }) => id)
  const shares = evidenceOf(among).shares.filter(({ cents }) => cents > 0).slice(0, MOST_BLAMED)
  return shares.length > 1 ? shares.map(({ offer }) => offer) : null
}

const stackFinding = (rule: Rule, offers: readonly ReviewedOffer[], trial: Trial): Finding => {
  const { baseCents, paidCents, costCents } = trial
  const sentence = inBoth((language) => {
    const names = offers.map((one) => named(one, language))
    const pair = language === 'de' ? `${names.slice(0, -1).join(', ')} und ${names.at(-1)} zusammen` : `${names.slice(0, -1).join(', ')} and ${names.at(-1)} together`
    const [base, paid] = [money(baseCents, language), money(paidCents, language)]
    if (rule === 'stacks-to-zero' && paidCents > 0) return language === 'de' ? `${pair} machen einen Artikel kostenlos.` : `${pair} make an article free.`
    if (rule === 'stacks-to-zero') return language === 'de' ? `${pair} machen einen Einkauf für ${base} kostenlos.` : `${pair} make a basket worth ${base} free.`
    if (rule === 'stacks-below-cost') return language === 'de' ? `${pair} lassen Waren für ${paid}, deren Einkaufspreis ${money(costCents ?? 0, 'de')} ist.` : `${pair} sell goods for ${paid} that cost ${money(costCents ?? 0, 'en')}.`
    const depth = percentWords(depthBps(trial), language)
    return language === 'de' ? `${pair} nehmen ${depth} weg: ${paid} statt ${base}.` : `${pair} take ${depth} off: ${paid} instead of ${base}.`
  })
  return found(rule, offers.map(({ offer }) => offer.id), '', sentence, evidenceOf(trial))
}
