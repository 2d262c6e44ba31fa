/** A web shop under watch: what it last said of itself is remembered, so that people see it, and so that baskets can be put into its words. */
import type { Clock } from '#hub/ports/clock.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { ParityLedger, ShopWord } from '#hub/ports/parity-ledger.ts'
import type { ShopLedger } from '#hub/ports/shop-ledger.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import type { ShopSnapshot } from '#hub/ports/web-shop/shop-snapshot.ts'
import { tellTrouble, type ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { isAble, type WebShop } from '#hub/ports/web-shop/web-shop.ts'
import type { Localised } from '#shared/kernel/language.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { ImportReport } from '#shared/protocol/parity.ts'
import { draftOf } from './draft-shop.ts'
import { numbersOf, type Imported, type ImportRefused, type ShopReport } from './import-shop.ts'
import type { ShopSide } from '../parity/judge-shop-price.ts'
import { inBoth } from './shop-words.ts'

export type WatchShopParts = { readonly parity: ParityLedger; readonly ledger: ShopLedger; readonly documents: Pick<DocumentStore, 'current'>; readonly transactions: Transactions; readonly clock: Clock }

export type WatchedShop = {
  /** The shop itself; what it reads is remembered. */
  readonly shop: WebShop
  /** Another program than this one. */
  readonly connected: boolean
  /** Null until it was read in this run. */
  side(): KnownSide | null
  /** Notes how a taking over went. */
  noted(read: Read): Read
  /** Notes an answer or a trouble of another question. */
  heard(trouble: ShopTrouble | null): void
  word(): ShopWord
}

type Read = (probes?: number) => Promise<Result<Imported, ImportRefused>>
export type KnownSide = ShopSide & { readonly shopName: string; readonly dialect: string; readonly promotionNames: ReadonlyMap<string, Localised> }

/** A shop that answers is written down so often. */
const NOTED_MS = 60_000

export const watchShop = (shop: WebShop, connected: boolean, parts: WatchShopParts): WatchedShop => {
  const { parity, transactions, clock } = parts
  let snapshot: ShopSnapshot | null = null
  let known: { readonly of: string; readonly side: KnownSide } | null = null
  const { read } = shop
  const remembering: WebShop = !isAble(read) ? shop : {
    ...shop,
    read: async () => {
      const said = await read()
      if (said.ok) snapshot = said.value
      return said
    },
  }
  const word = (): ShopWord => parity.shopWord(shop.name)
  const keep = (next: Partial<ShopWord>): void => transactions.run(() => parity.keepShopWord(shop.name, { ...word(), ...next }))
  const heard = (trouble: ShopTrouble | null): void => {
    const { trouble: before, answeredAt } = word()
    if (trouble) keep({ trouble: { since: before?.since ?? clock.now(), why: tellTrouble(trouble) } })
    else if (before || answeredAt === null || clock.now() - answeredAt >= NOTED_MS) keep({ answeredAt: clock.now(), trouble: null })
  }
  return {
    shop: remembering,
    connected,
    side: () => {
      if (!snapshot) return null
      const of = `${snapshot.hash} ${parts.ledger.reading(shop.name)?.dialect}`
      if (known?.of !== of) {
        const side = sideOf(snapshot, shop, parts)
        known = side && { of, side }
      }
      return known?.side ?? null
    },
    heard,
    word,
    noted: (readShop) => async (probes) => {
      const imported = await readShop(probes)
      if (imported.ok) {
        heard(null)
        if (imported.value.type === 'published') keep({ report: told(imported.value.report, imported.value.head.rev, clock.now()) })
      } else if (isTrouble(imported.error)) heard(imported.error)
      return imported
    },
  }
}

const isTrouble = (error: ImportRefused): error is ShopTrouble => ['Unreachable', 'Refused', 'RateLimited', 'Nonsense'].includes(error.type)

const sideOf = (snapshot: ShopSnapshot, shop: WebShop, { ledger, documents, transactions, clock }: WatchShopParts): KnownSide | null => {
  const dialect = snapshot.dialects.find(({ name }) => name === ledger.reading(shop.name)?.dialect) ?? snapshot.dialects[0]
  const draft = draftOf(snapshot, dialect, documents.current()?.items ?? {}, { numberOf: numbersOf(snapshot, { shop, ledger, documents, transactions }), at: clock.now(), distrusted: new Map() })
  if (!draft.ok) return null
  return {
    shopName: shop.name,
    dialect: dialect.name,
    keys: draft.value.candidate.keys,
    dialects: snapshot.dialects,
    warned: new Set(snapshot.translated.warnings.map(({ offerId }) => offerId)),
    promotionNames: new Map(snapshot.promotions.map(({ id, name }) => [id, inBoth(name, { de: id, en: id })])),
  }
}

/** Of each list; how many more there are is told. */
const MAX_TOLD = 100
const MAX_WHY = 300

const told = ({ dialect, articles, exact, atCheckout, warnings, leftOut, names, probe }: ShopReport, rev: number, at: number): ImportReport => {
  const nameOf = (promotion: string): string => names[promotion] ?? promotion
  return {
    at, rev, dialect, articles,
    exact: exact.slice(0, MAX_TOLD).map((promotion) => ({ promotion, name: nameOf(promotion), why: null })),
    atCheckout: atCheckout.slice(0, MAX_TOLD).map(({ promotion, name, why }) => ({ promotion, name, why: why.slice(0, MAX_WHY) })),
    warnings: warnings.slice(0, MAX_TOLD).map(({ promotion, what }) => ({ promotion, name: nameOf(promotion), why: what.slice(0, MAX_WHY) })),
    leftOut: leftOut.slice(0, MAX_TOLD).map(({ what, why }) => ({ what: what.slice(0, MAX_WHY), why: why.slice(0, MAX_WHY) })),
    tried: probe && { total: probe.total, equal: probe.equal, left: probe.left, refused: probe.refused, different: probe.differences.length },
    more: { exact: over(exact), atCheckout: over(atCheckout), warnings: over(warnings), leftOut: over(leftOut) },
  }
}

const over = (list: readonly unknown[]): number => Math.max(0, list.length - MAX_TOLD)
