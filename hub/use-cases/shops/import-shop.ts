/** Brings a web shop into the store: reads it, finds out by probing how it calculates, and publishes what every device then computes to the cent; what cannot be computed is told with its reason. */
import type { Clock } from '#hub/ports/clock.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { Log } from '#hub/ports/log.ts'
import type { ShopLedger, ShopProbe, ShopReading } from '#hub/ports/shop-ledger.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import type { LeftOut, ShopSnapshot } from '#hub/ports/web-shop/shop-snapshot.ts'
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { isAble, type Unable, type WebShop } from '#hub/ports/web-shop/web-shop.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { Documents, ReleaseHead } from '#shared/sync/release.ts'
import { candidatesOf, draftOf, type DraftTerms } from './draft-shop.ts'
import { probeBaskets, seededBelow } from '../parity/probe-baskets.ts'
import { askShop, judgeProbe, suspicions, type Candidate, type Probe } from '../parity/probe-shop.ts'
import type { PublishRefused } from '../releases/publish-release.ts'
import type { OffersRefused, PublishReviewed, SurveysRefused } from '../releases/publish-reviewed.ts'
import type { ShopImport, ShopUnsuitable } from './shop-documents.ts'

export type ImportParts = {
  readonly shop: WebShop
  readonly ledger: ShopLedger
  readonly documents: Pick<DocumentStore, 'current'>
  readonly transactions: Transactions
  readonly publish: PublishReviewed
  readonly clock: Clock
  readonly log: Log
}

/** What the store now has of its shop, and what it leaves to the checkout. */
export type ShopReport = {
  readonly dialect: string
  readonly articles: number
  readonly exact: readonly string[]
  readonly atCheckout: readonly { readonly promotion: string; readonly name: string; readonly why: string }[]
  readonly warnings: readonly { readonly promotion: string; readonly what: string }[]
  readonly leftOut: readonly LeftOut[]
  /** What people call the promotions. */
  readonly names: { readonly [promotion: string]: string }
  /** Null where nobody could ask the shop; then nothing was compared. */
  readonly probe: Probe | null
}

export type ImportRefused = ShopTrouble | ShopUnsuitable | PublishRefused | OffersRefused | SurveysRefused | (Unable & { readonly type: 'Unable' })
export type Imported = { readonly type: 'unchanged' } | { readonly type: 'published'; readonly head: ReleaseHead; readonly report: ShopReport }

/** Baskets for a first look and after each change, and those of a night. */
export const PROBES = { change: 60, night: 250 } as const

/** Reads the shop, and publishes if it changed since; `probes` > 0 asks it again even if nothing did. Errors  ImportRefused; then the release in force stays. */
export const importShop = (parts: ImportParts) => async (probes: number = 0): Promise<Result<Imported, ImportRefused>> => {
  const { shop, ledger } = parts
  if (!isAble(shop.read)) return err({ type: 'Unable', unable: shop.read.unable })
  const snapshot = await shop.read()
  if (!snapshot.ok) return snapshot
  const last = ledger.reading(shop.name)
  const isNew = last?.hash !== snapshot.value.hash
  if (!isNew && probes === 0) return ok({ type: 'unchanged' })
  // A change is on the devices before it has been asked for; only the very first release waits for the answer.
  if (isNew && last) {
    const early = publishAs(snapshot.value, last.dialect, new Map(Object.entries(last.distrusted)), null, parts)
    if (!early.ok) return early
  }
  const probe = await probeSnapshot(snapshot.value, Math.max(probes, PROBES.change), parts)
  if (!probe.ok) return probe
  const distrusted = probe.value ? suspicions(probe.value) : new Map(Object.entries(last?.distrusted ?? {}))
  const dialect = probe.value?.dialect ?? last?.dialect ?? snapshot.value.dialects[0].name
  const published = publishAs(snapshot.value, dialect, distrusted, probe.value, parts)
  if (!published.ok) return published
  if (probe.value) tellProbe(probe.value, published.value.head, parts)
  return ok(published.value)
}

/** The short numbers of everything in it; new ones are given away for good. */
export const numbersOf = (snapshot: ShopSnapshot, { shop, ledger, documents, transactions }: Pick<ImportParts, 'shop' | 'ledger' | 'documents' | 'transactions'>): DraftTerms['numberOf'] => {
  const base = documents.current()?.items ?? {}
  const numbers = transactions.run(() => ({
    article: ledger.numbers(shop.name, 'article', snapshot.articles.map(({ key }) => key), numbersIn(base, 'product/')),
    offer: ledger.numbers(shop.name, 'offer', snapshot.promotions.map(({ id }) => id), numbersIn(base, 'offer/')),
  }))
  return (kind, key) => numbers[kind].get(key) ?? null
}

const numbersIn = (items: Documents, prefix: string): readonly number[] =>
  Object.entries(items).flatMap(([id, body]) => (id.startsWith(prefix) && typeof body === 'object' && body !== null && 'number' in body && typeof body.number === 'number' ? [body.number] : []))

/** Null where the shop cannot be asked, or did not answer a single time. */
const probeSnapshot = async (snapshot: ShopSnapshot, count: number, parts: ImportParts): Promise<Result<Probe | null, ShopUnsuitable>> => {
  const candidates = candidatesOf(snapshot, parts.documents.current()?.items ?? {}, { numberOf: numbersOf(snapshot, parts), at: parts.clock.now() })
  if (!candidates.ok) return candidates
  const [first] = candidates.value
  const { quote } = parts.shop
  if (!isAble(quote)) {
    parts.log.warn('prices of the web shop were not compared', { why: quote.unable })
    return ok(null)
  }
  const { asked, refused, trouble } = await askShop(probeBaskets(first.assortment, count, seededBelow(parts.clock.now())), first, quote)
  if (trouble) parts.log.warn('prices of the web shop were compared in part only', { asked: asked.length, why: trouble.type })
  return ok(asked.length === 0 ? null : judgeProbe({ asked, refused }, candidates.value, parts.clock.now()))
}

const publishAs = (snapshot: ShopSnapshot, name: string, distrusted: ReadonlyMap<string, string>, probe: Probe | null, parts: ImportParts): Result<Extract<Imported, { type: 'published' }>, ImportRefused> => {
  const dialect = snapshot.dialects.find((one) => one.name === name) ?? snapshot.dialects[0]
  const draft = draftOf(snapshot, dialect, parts.documents.current()?.items ?? {}, { numberOf: numbersOf(snapshot, parts), at: parts.clock.now(), distrusted })
  if (!draft.ok) return draft
  const { imported, candidate } = draft.value
  // What the shop sells at is in force there already: a store that held it back would speak with another voice.
  const published = parts.publish(imported.items, { by: parts.shop.name, reason: 'in force in the web shop' })
  if (!published.ok) return published
  const reading: ShopReading = { at: parts.clock.now(), hash: snapshot.hash, dialect: dialect.name, distrusted: Object.fromEntries(distrusted) }
  parts.transactions.run(() => parts.ledger.keepReading(parts.shop.name, reading))
  const report = reportOf(snapshot, imported, candidate, probe)
  const { exact, atCheckout, leftOut, articles } = report
  parts.log.info('web shop taken over', { shop: parts.shop.name, rev: published.value.rev, dialect: dialect.name, articles, exact: exact.length, atCheckout: atCheckout.length, leftOut: leftOut.length })
  return ok({ type: 'published', head: published.value, report })
}

const reportOf = (snapshot: ShopSnapshot, { offers, leftOut }: ShopImport, { name, assortment }: Candidate, probe: Probe | null): ShopReport => ({
  dialect: name,
  articles: assortment.products.length,
  exact: offers.filter(({ why }) => why === null).map(({ promotion }) => promotion),
  atCheckout: offers.flatMap(({ promotion, name: told, why }) => (why === null ? [] : [{ promotion, name: told, why }])),
  warnings: snapshot.translated.warnings.map(({ offerId, what }) => ({ promotion: offerId, what })),
  leftOut,
  names: Object.fromEntries(offers.map(({ promotion, name: told }) => [promotion, told])),
  probe,
})

/** Of the differences, told one by one. */
const MAX_TOLD = 10

const tellProbe = (probe: Probe, head: ReleaseHead, { shop, ledger, transactions, clock, log }: ImportParts): void => {
  const { dialect, total, equal, left, refused, differences } = probe
  const kept: ShopProbe = { at: clock.now(), release: head.hash, dialect, total, equal, left, refused, different: differences.length }
  transactions.run(() => ledger.addProbe(shop.name, kept))
  log.info(`${equal} of ${total} baskets equal to the cent`, { shop: shop.name, dialect, left, refused, different: differences.length })
  for (const { basket, figures, suspects, trace } of differences.slice(0, MAX_TOLD))
    log.error('the web shop charges otherwise', {
      shop: shop.name,
      basket: basket.lines.map(({ sku, quantity }) => `${quantity}×${sku}`).join(' '),
      codes: basket.codes.join(' '),
      delivery: basket.delivery,
      figures: figures.map(({ what, shop: theirs, ours }) => `${what}: shop ${theirs}, ours ${ours}`).join('; '),
      promotions: suspects.join(' '),
      steps: trace.map(({ stage, offerId, lineId, shippingId, amountMinor }) => [stage, offerId, lineId ?? shippingId, amountMinor].join(' ')).join('; ').slice(0, 2000),
    })
}
