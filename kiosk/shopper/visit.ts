/** What a visit needs beyond the attract screen, in one piece. */
import { Trade, type TradeParts } from '../lib/state/trade.svelte.ts'

export { openScanned } from './open-scanned.ts'
export { default as Visit } from './Visit.svelte'
export const openTrade = (parts: TradeParts): Trade => new Trade(parts)
