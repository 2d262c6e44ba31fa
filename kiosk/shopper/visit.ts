/** What a visit needs beyond the attract screen, in one piece. */
import { Asking } from '../lib/state/asking.svelte.ts'
import { FeedbackFlow } from '../lib/state/feedback-flow.svelte.ts'
import { formatContents, formatEndDay, formatPrice, formatShortDay, formatTime, plural } from '../lib/i18n/format.ts'
import { locale } from '../lib/i18n/locale.svelte.ts'
import { keepPicture } from '../lib/platform/kept-pictures.ts'
import { inMoments, whenIdle } from '../lib/platform/when-idle.ts'
import type { Language } from '#shared/kernel/language.ts'
import { readInSteps } from '#shared/protocol/documents.ts'
import type { Equipment, Shopper } from '../lib/state/shopper.svelte.ts'
import { Trade } from '../lib/state/trade.svelte.ts'

export { openScanned } from './open-scanned.ts'
export { default as Visit } from './Visit.svelte'
export const equipment: Equipment = {
  openTrade: (parts) => new Trade(parts),
  openFlow: (survey, place, say) => new FeedbackFlow(survey, place, say),
  openAsking: (kept) => new Asking(kept),
}

/** Reads the goods of the release piece by piece, so that whoever touches the attract screen meanwhile is heard. */
export const makeReady = ({ store: { release } }: Shopper): Promise<void> => inMoments(readInSteps(release?.items ?? {}))

/** Does once, while nobody is there, what the first shopper would otherwise wait for: formatters, goods, offers, the label and the picture of every article. */
export const warmUp = (shopper: Shopper): (() => void) => whenIdle(warmSteps(shopper))

function* warmSteps(shopper: Shopper): Generator<unknown, void> {
  for (const language of ['de', 'en'] as const) yield readyFormats(shopper.now, language, locale.timeZone)
  yield shopper.store.assortment
  yield shopper.trade?.standings
  for (const product of shopper.store.assortment?.products ?? []) yield shopper.trade?.prices.of(product)
  for (const src of picturesOf(shopper)) yield keepPicture(src)
}

/** Of departments first: they stand on the first screen of every visit. */
const picturesOf = ({ store: { assortment } }: Shopper): Set<string> => new Set([...(assortment?.categories ?? []), ...(assortment?.products ?? [])].map(({ picture }) => picture))

/** The first use of each formatter costs a slow tablet up to a tenth of a second. */
const readyFormats = (at: number, language: Language, timeZone: string): void => {
  formatPrice(100, language)
  formatContents({ amount: 1500, unit: 'g' }, language)
  formatEndDay(at, at, language, timeZone)
  formatTime(at, language, timeZone)
  formatShortDay(at, language, timeZone)
  plural(1, language, '', '')
}
