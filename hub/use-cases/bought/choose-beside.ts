/** What stands beside an article: what was counted, as people decided about it, of what can be sold now. Pure. */
import type { BoughtRules } from '#hub/ports/bought-store.ts'
import { associationOf } from '#shared/insights/baskets/association.ts'
import { LEAST_TOLD, whyNot } from '#shared/insights/baskets/pair-table.ts'
import { MOST_BESIDE } from '#shared/protocol/bought-document.ts'
import { targetKey, type BoughtConflict, type BoughtPair, type BoughtTarget, type BoughtVerdict, type StoredChoice } from '#shared/protocol/bought.ts'
import type { Shelf } from './shelf-of.ts'

/** Shape  `rules` null: nobody has counted yet; what was pinned is shown all the same. */
export type BesideParts = { readonly rules: BoughtRules | null; readonly choices: readonly StoredChoice[]; readonly shelf: Shelf }

export const NO_RULES: BoughtRules = { baskets: 0, demo: false, unknown: 0, unpaired: 0, items: {}, beside: {} }

/** Decisions that bear on an article. Order  its own, those of its categories from near to far, the store's. */
export const choicesOn = (sku: string, { choices, shelf }: Pick<BesideParts, 'choices' | 'shelf'>): readonly StoredChoice[] => {
  const targets: readonly BoughtTarget[] = [{ type: 'article', id: sku }, ...shelf.categories(sku).map((id) => ({ type: 'category' as const, id })), { type: 'store' }]
  return targets.flatMap((target) => choices.find((one) => targetKey(one.target) === targetKey(target)) ?? [])
}

/**
 * Everything that could stand beside an article, each with its figures and what became of it.
 * Order   as it is shown: what was pinned, then by evidence; behind it what is left out.
 */
export const pairsBeside = (sku: string, parts: BesideParts): readonly BoughtPair[] => {
  const { shelf } = parts
  const rules = parts.rules ?? NO_RULES
  const own = choicesOn(sku, parts)
  const pins = [...new Set(own.flatMap(({ choice }) => choice.pins))].filter((other) => other !== sku)
  const never = new Set(own.flatMap(({ choice }) => choice.never))
  const isOff = own.some(({ choice }) => choice.off)
  const counted = new Map((rules.beside[sku] ?? []).map(([other, nBoth]) => [other, nBoth]))
  let room = MOST_BESIDE
  return [...new Set([...pins, ...counted.keys()])].map((other) => {
    const figures = figuresOf(sku, other, counted.get(other) ?? 0, rules)
    const isPinned = pins.includes(other)
    const byLuck = isPinned || figures.measures === null ? null : whyNot(figures.nBoth, figures.measures)
    const refused = shelf.isSensitive(sku) ? 'sensitive' : (whyRefused(other, { shelf, never }) ?? byLuck ?? (isOff ? 'off' : null))
    const verdict: BoughtVerdict = refused ?? (room-- > 0 ? (isPinned ? 'pinned' : 'shown') : 'further')
    return Object.assign(figures, { verdict })
  })
}

const figuresOf = (sku: string, other: string, nBoth: number, { baskets, items }: BoughtRules): Omit<BoughtPair, 'verdict'> => {
  const [n, nOther] = [items[sku] ?? 0, items[other] ?? 0]
  // What hardly ever lay together is not told: it could be read back to somebody.
  if (nBoth < LEAST_TOLD) return { sku, other, n, nOther, nBoth: 0, measures: null }
  const { support, confidence, confidenceBack, lift, llr } = associationOf({ baskets, nA: n, nB: nOther, nAB: nBoth })
  return { sku, other, n, nOther, nBoth, measures: { support, confidence, confidenceBack, lift, llr } }
}

const whyRefused = (other: string, { shelf, never }: { readonly shelf: Shelf; readonly never: ReadonlySet<string> }): BoughtVerdict | null => {
  const product = shelf.product(other)
  if (!product) return 'gone'
  if (shelf.isSensitive(other)) return 'sensitive'
  if (never.has(other)) return 'hidden'
  return product.stock.pieces > 0 ? null : 'sold-out'
}

/** What is shown beside an article, in its order. */
export const shownBeside = (pairs: readonly BoughtPair[]): readonly BoughtPair[] => pairs.filter(({ verdict }) => verdict === 'shown' || verdict === 'pinned')

/** Where decisions and the shelf disagree, told for each pin. */
export const conflictsIn = ({ target, choice }: Pick<StoredChoice, 'target' | 'choice'>, { choices, shelf }: Pick<BesideParts, 'choices' | 'shelf'>): readonly BoughtConflict[] =>
  choice.pins.flatMap((sku) => {
    const others = target.type === 'article' ? choicesOn(target.id, { choices, shelf }).filter((one) => targetKey(one.target) !== targetKey(target)) : choices.filter((one) => one.target.type === 'store' && target.type !== 'store')
    const never = new Set([choice, ...others.map((one) => one.choice)].flatMap((one) => one.never))
    const why = target.type === 'article' && sku === target.id ? 'itself' : whyRefused(sku, { shelf, never })
    return why === null ? [] : [{ target, sku, why: why as BoughtConflict['why'] }]
  })
