/** Baskets made up for the demo shop, so that recommendations can be tried before anybody has bought anything. Screens call them demonstration data. */
import { seededRandom } from '#shared/insights/statistics/seeded-random.ts'
import { once } from '#shared/offers/once.ts'
import { DEMO_KINDS } from './demo-kinds.ts'
import { demoArticles } from './demo-products.ts'

const BASKETS = 6_000
/** How often somebody takes along what goes with an article, and how often something else. */
const COMPANION = 0.32
const OTHER = 0.45
const SEED = 177

/** People have their habits: of what goes with an article it is mostly the same. */
const companionOf = <T>({ number }: { readonly number: number }, from: readonly T[]): T => from[number % from.length]!

/** The same baskets every time, by article numbers. Shape  one article that somebody came for, some of what goes with it, and whatever else. */
export const demoBaskets: () => readonly (readonly string[])[] = once(() => {
  const next = seededRandom(SEED)
  const articles = demoArticles()
  const byKind = Map.groupBy(articles, ({ kind }) => kind)
  const draw = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!
  return Array.from({ length: BASKETS }, () => {
    const first = draw(articles)
    const beside = DEMO_KINDS[first.kind]!.goesWith.filter(() => next() < COMPANION).map((kind) => companionOf(first, byKind.get(kind)!))
    const others: (typeof articles)[number][] = []
    while (next() < OTHER) others.push(draw(articles))
    return [...new Set([first, ...beside, ...others].map(({ sku }) => sku))]
  })
})
