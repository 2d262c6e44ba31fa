/** Recommendations as managers read them and decide about them. */
import type { Assortments } from '#hub/ports/assortments.ts'
import type { AuditBook } from '#hub/ports/audit.ts'
import type { BasketBook } from '#hub/ports/basket-book.ts'
import type { BoughtStore } from '#hub/ports/bought-store.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { LEAST_LLR, LEAST_TOGETHER } from '#shared/insights/baskets/also-bought.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { MOST_TOLD_PAIRS, targetKey, type BoughtArticle, type BoughtConflict, type BoughtNames, type BoughtPair, type BoughtPreview, type BoughtSaved, type BoughtStanding, type BoughtTarget, type BoughtWish, type StoredChoice } from '#shared/protocol/bought.ts'
import { choicesOn, conflictsIn, pairsBeside, shownBeside, type BesideParts } from './choose-beside.ts'
import { publishAgain } from '../parity/leave-offer.ts'
import type { PublishReviewed } from '../releases/publish-reviewed.ts'
import { shelfOf, type Shelf } from './shelf-of.ts'

export type ReadBoughtParts = { readonly bought: BoughtStore; readonly baskets: Pick<BasketBook, 'sources'>; readonly assortments: Pick<Assortments, 'current'>; readonly clock: Clock; readonly isCounting: () => boolean }

type Missing = { readonly code: 'not_found' }
const NOT_FOUND = err({ code: 'not_found' } as const)

/** Errors  not_found without anything to sell. */
export const readBought = (parts: ReadBoughtParts) => (): Result<BoughtStanding, Missing> => {
  const beside = besideNow(parts)
  if (!beside) return NOT_FOUND
  const { rules, choices, shelf } = beside
  const pairs = shelf.all().map(({ sku }) => pairsBeside(sku, beside))
  const left = Map.groupBy(pairs.flat().filter(({ verdict }) => verdict !== 'shown' && verdict !== 'pinned'), ({ verdict }) => verdict)
  const strongest = pairs.flatMap(shownBeside).filter(isFirstOfTwo).sort(byEvidence).slice(0, MOST_TOLD_PAIRS)
  const conflicts = choices.flatMap((one) => conflictsIn(one, beside))
  return ok({
    asOf: parts.clock.now(),
    computedAt: parts.bought.rules()?.at ?? null,
    counting: parts.isCounting(),
    baskets: rules?.baskets ?? 0,
    demo: rules?.demo ?? false,
    sources: parts.baskets.sources().map(({ source, baskets, ordered }) => ({ source, baskets, ordered })),
    least: LEAST_TOGETHER,
    leastLlr: LEAST_LLR,
    articles: shelf.articles,
    beside: pairs.filter((own) => shownBeside(own).length > 0).length,
    unknown: rules?.unknown ?? 0,
    unpaired: rules?.unpaired ?? 0,
    leftOut: [...left].map(([verdict, own]) => ({ verdict, n: own.length })).sort((a, b) => b.n - a.n),
    strongest,
    choices,
    conflicts,
    names: namesOf(shelf, [...strongest.flatMap(({ sku, other }) => [sku, other]), ...choices.flatMap(skusOfChoice), ...conflicts.map(({ sku }) => sku)]),
  })
}

/** Errors  not_found for an article that is not in the assortment. */
export const readBoughtArticle = (parts: ReadBoughtParts) => ({ sku }: { readonly sku: string }): Result<BoughtArticle, Missing> => {
  const beside = besideNow(parts)
  if (!beside?.shelf.product(sku)) return NOT_FOUND
  const { rules, shelf } = beside
  const pairs = pairsBeside(sku, beside).slice(0, MOST_TOLD_PAIRS)
  const choices = choicesOn(sku, beside)
  const conflicts = choices.flatMap((one) => conflictsIn(one, beside))
  const names = namesOf(shelf, [sku, ...pairs.map(({ other }) => other), ...choices.flatMap(skusOfChoice)])
  return ok({ sku, n: rules?.items[sku] ?? 0, baskets: rules?.baskets ?? 0, pairs, categories: shelf.categories(sku), choices, conflicts, names })
}

/** Errors  not_found for a target that is not there. */
export const previewBought = (parts: ReadBoughtParts) => ({ target, choice }: BoughtWish): Result<BoughtPreview, Missing> => {
  const now = besideNow(parts)
  if (!now || !isThere(target, now.shelf)) return NOT_FOUND
  const then = { ...now, choices: withChoice(now.choices, { target, choice }, parts.clock.now()) }
  const shown = (sku: string, beside: BesideParts): readonly string[] => shownBeside(pairsBeside(sku, beside)).map(({ other }) => other)
  const articles = now.shelf.all().filter(({ sku }) => concerns(target, sku, now.shelf)).map(({ sku }) => ({ sku: sku as string, before: shown(sku, now), after: shown(sku, then) }))
  const changed = articles.filter(({ before, after }) => before.join(' ') !== after.join(' '))
  const told = changed.slice(0, MOST_TOLD_PAIRS)
  const conflicts = choice === null ? [] : conflictsIn({ target, choice }, then)
  const named = [...told.flatMap(({ sku, before, after }) => [[sku], before, after].flat()), ...conflicts.map(({ sku }) => sku)]
  return ok({ changed: changed.length, articles: told, conflicts, names: namesOf(now.shelf, named) })
}

export type SaveBoughtParts = ReadBoughtParts & {
  readonly documents: Pick<DocumentStore, 'current' | 'upcoming' | 'itemsAt'>
  /** Made by `publishBought`. */
  readonly publish: PublishReviewed
  readonly transactions: Transactions
  readonly audit: AuditBook
}

/** What is only sold out may be pinned: it comes back. */
const MAY_BE_PINNED = new Set<BoughtConflict['why']>(['sold-out'])

/** Errors  not_found for a target that is not there; failed if no release could be made of it: then nothing is kept. */
export const saveBought =
  (parts: SaveBoughtParts) =>
  ({ target, choice }: BoughtWish, by: { readonly who: string; readonly device: string }): Result<BoughtSaved, { readonly code: 'not_found' | 'failed' }> => {
    const { bought, audit, transactions, clock } = parts
    const now = besideNow(parts)
    // A decision about what is gone can still be taken back.
    if (!now || (choice !== null && !isThere(target, now.shelf))) return NOT_FOUND
    const conflicts = choice === null ? [] : conflictsIn({ target, choice }, { ...now, choices: withChoice(now.choices, { target, choice }, clock.now()) }).filter(({ why }) => !MAY_BE_PINNED.has(why))
    if (conflicts.length > 0 || (target.type === 'store' && (choice?.pins.length ?? 0) > 0)) return ok({ type: 'refused', conflicts })
    const before = now.choices.find((one) => targetKey(one.target) === targetKey(target))
    transactions.run(() => {
      bought.keepChoice(target, choice, clock.now())
      audit.record({ who: by.who, what: 'bought.changed', device: by.device, object: targetKey(target).slice(0, 80) })
    })
    const published = publishAgain(parts, (items) => items, { by: by.device, reason: 'recommendations were decided by hand' })
    if (published.ok) return ok({ type: 'saved', rev: published.value.rev })
    transactions.run(() => bought.keepChoice(target, before?.choice ?? null, before ? (before.at as ReturnType<Clock['now']>) : clock.now()))
    return err({ code: 'failed' })
  }

const besideNow = ({ bought, assortments }: Pick<ReadBoughtParts, 'bought' | 'assortments'>): BesideParts | null => {
  const assortment = assortments.current()
  return assortment && { rules: bought.rules()?.rules ?? null, choices: bought.choices(), shelf: shelfOf(assortment) }
}

const withChoice = (choices: readonly StoredChoice[], { target, choice }: BoughtWish, at: number): readonly StoredChoice[] => [
  ...choices.filter((one) => targetKey(one.target) !== targetKey(target)),
  ...(choice === null ? [] : [{ target, choice, at }]),
]

const isThere = (target: BoughtTarget, shelf: Shelf): boolean => target.type === 'store' || (target.type === 'article' ? shelf.product(target.id) !== null : shelf.hasCategory(target.id))
const concerns = (target: BoughtTarget, sku: string, shelf: Shelf): boolean => target.type === 'store' || (target.type === 'article' ? sku === target.id : shelf.categories(sku).includes(target.id))
const skusOfChoice = ({ target, choice }: StoredChoice): readonly string[] => [...(target.type === 'article' ? [target.id] : []), ...choice.pins, ...choice.never]
const namesOf = (shelf: Shelf, skus: readonly string[]): BoughtNames =>
  Object.fromEntries([...new Set(skus)].flatMap((sku) => {
    const product = shelf.product(sku)
    return product ? [[sku, product.name]] : []
  }))
/** Of two articles that stand beside each other the pair is told once. */
const isFirstOfTwo = ({ sku, other }: BoughtPair, _at: number, all: readonly BoughtPair[]): boolean => sku < other || !all.some((pair) => pair.sku === other && pair.other === sku)
const byEvidence = (a: BoughtPair, b: BoughtPair): number => (b.measures?.llr ?? -1) - (a.measures?.llr ?? -1) || (a.sku < b.sku ? -1 : 1)
