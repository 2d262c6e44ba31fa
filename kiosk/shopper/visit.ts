/** What a visit needs beyond the attract screen, in one piece. */
import { FeedbackFlow } from '../lib/state/feedback-flow.svelte.ts'
import type { Equipment } from '../lib/state/shopper.svelte.ts'
import { Trade } from '../lib/state/trade.svelte.ts'

export { openScanned } from './open-scanned.ts'
export { default as Visit } from './Visit.svelte'
export const equipment: Equipment = {
  openTrade: (parts) => new Trade(parts),
  openFlow: (survey, place, say) => new FeedbackFlow(survey, place, say),
}
