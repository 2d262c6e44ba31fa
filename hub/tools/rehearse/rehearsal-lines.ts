/** A rehearsal as text: the answer first, then the figures with n and interval. */
import { CHANGE_STEPS, DEPTH_STEPS, type Rehearsal, type RehearsedChange } from '#shared/basket/review/rehearsal-tally.ts'
import { wilsonInterval } from '#shared/insights/interval.ts'
import { meanInterval } from '#shared/insights/mean-interval.ts'
import { formatMoney } from '#shared/offers/format-money.ts'

const SHOWN = 12
const money = (minor: number): string => formatMoney(minor, 'en')
const signed = (minor: number): string => (minor > 0 ? `+${money(minor)}` : money(minor))
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** `nameOf`: offers and articles as people know them. */
export const rehearsalLines = (rehearsal: Rehearsal, nameOf: (id: string) => string): readonly string[] => {
  const { baskets, lines, affected, current, draft, leftOut } = rehearsal
  if (baskets === 0) return ['No basket could be priced.', ...refusedLines(rehearsal)]
  const share = wilsonInterval(affected.n, baskets)
  const change = draft.revenueCents - current.revenueCents
  const mean = meanInterval({ sum: rehearsal.difference.sumCents, squares: rehearsal.difference.squares, n: baskets })
  return [
    `${affected.n} of ${baskets} baskets change their price: ${percent(affected.n / baskets)} (95 %: ${percent(share.low)} to ${percent(share.high)}); ${affected.cheaper} cheaper, ${affected.dearer} dearer.`,
    `Revenue ${money(current.revenueCents)} → ${money(draft.revenueCents)} (${signed(change)}); per basket ${signed(Math.round(change / baskets))}${mean ? ` (95 %: ${signed(Math.floor(mean.low))} to ${signed(Math.ceil(mean.high))})` : ''}.`,
    `The same baskets are assumed: whether people buy more because of an offer is not in these figures.`,
    ...refusedLines(rehearsal),
    `${lines.priced} lines priced, ${lines.unmapped} without an article, ${lines.unknown} with an article that the catalogue lacks.`,
    ...(leftOut.length > 0 ? [`Not rehearsed, because they depend on the customer: ${leftOut.join(', ')}.`] : []),
    '',
    ...sideLines(rehearsal),
    '',
    ...changeTable('offer', 'given', rehearsal.offers, nameOf),
    '',
    ...changeTable('article', 'paid', rehearsal.articles.filter(({ currentCents, draftCents }) => currentCents !== draftCents), nameOf),
    '',
    ...depthLines(rehearsal),
    '',
    ...changeLines(rehearsal),
  ]
}

const refusedLines = ({ refused }: Rehearsal): readonly string[] => [`Refused baskets: ${refused.empty} empty, ${refused.unknownArticles} with unknown articles only, ${refused.unpriceable} that could not be priced.`]

const row = (first: string, ...figures: readonly (string | number)[]): string => first.slice(0, 44).padEnd(46) + figures.map((figure) => String(figure).padStart(16)).join('')

const sideLines = ({ current, draft }: Rehearsal): readonly string[] => [
  row('', 'current', 'draft'),
  row('revenue', money(current.revenueCents), money(draft.revenueCents)),
  row('taken off by offers', money(current.savingsCents), money(draft.savingsCents)),
  row('discount depth', percent(current.depthBps / 10_000), percent(draft.depthBps / 10_000)),
  row('baskets with a discount', current.discounted, draft.discounted),
  row('baskets that pay nothing', current.free, draft.free),
  ...(current.marginCents === null || draft.marginCents === null ? [] : [row('margin where cost is known', money(current.marginCents), money(draft.marginCents))]),
]

const changeTable = (what: string, figure: string, all: readonly RehearsedChange[], nameOf: (id: string) => string): readonly string[] => [
  row(`${what}, largest change first`, 'baskets now', 'baskets draft', `${figure} now`, `${figure} draft`, 'change'),
  ...all.slice(0, SHOWN).map((one) => row(nameOf(one.id), one.currentBaskets, one.draftBaskets, money(one.currentCents), money(one.draftCents), signed(one.draftCents - one.currentCents))),
  ...(all.length > SHOWN ? [`and ${all.length - SHOWN} more`] : []),
]

const depthLines = ({ depths }: Rehearsal): readonly string[] => [
  row('discount depth of a basket', 'current', 'draft'),
  ...depths.map(({ from, current, draft }, i) => row(from === 0 ? 'none' : `${i === DEPTH_STEPS.length - 1 ? 'from' : 'up to'} ${(i === DEPTH_STEPS.length - 1 ? from : DEPTH_STEPS[i + 1]!) / 100} %`, current, draft)),
]

const changeLines = ({ changes }: Rehearsal): readonly string[] => [row('change for the shopper', 'baskets'), ...changes.map(({ from, n }) => row(stepWords(from), n))]

const stepWords = (from: number): string => {
  const next = CHANGE_STEPS[CHANGE_STEPS.indexOf(from) + 1]
  if (from === 0) return 'unchanged'
  if (from === CHANGE_STEPS[0]) return `cheaper by ${money(1000)} or more`
  if (next === undefined) return `dearer by ${money(from)} or more`
  return from < 0 ? `cheaper by ${money(next === 0 ? 1 : 1 - next)} to ${money(-from)}` : `dearer by ${money(from)} to ${money(next - 1)}`
}
