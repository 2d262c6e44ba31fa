/** What can go wrong between the hub and a web shop, as values: trouble with a shop is told, and stops nothing in the store. */

/**
 * Unreachable  no connection, no answer in time, or an error of the shop's own server: the same question may work later.
 * Refused      the shop does not let us: credentials, permissions, a setting. Somebody has to act.
 * RateLimited  asked too often; not before `retryAfterMs`.
 * Nonsense     it answered, but not what its interface promises: another version, a proxy's page, half an answer, one that is too large.
 */
export type ShopTrouble =
  | { readonly type: 'Unreachable'; readonly why: string }
  | { readonly type: 'Refused'; readonly why: string }
  | { readonly type: 'RateLimited'; readonly retryAfterMs: number }
  | { readonly type: 'Nonsense'; readonly why: string }

/** The shop is well, but cannot price or take this very cart: an article that it no longer sells, too few in stock. */
export type CartRefused = { readonly type: 'CartRefused'; readonly why: string }

/** One English sentence for the log; no secret and no address is in it. */
export const tellTrouble = (trouble: ShopTrouble | CartRefused): string => {
  switch (trouble.type) {
    case 'Unreachable':
      return `the shop does not answer: ${trouble.why}`
    case 'Refused':
      return `the shop does not let the hub in: ${trouble.why}`
    case 'RateLimited':
      return `the shop was asked too often; again in ${Math.ceil(trouble.retryAfterMs / 1000)} s`
    case 'Nonsense':
      return `the shop's answer cannot be used: ${trouble.why}`
    case 'CartRefused':
      return `the shop does not take this cart: ${trouble.why}`
  }
}
