/** Everything a hub keeps in its data folder, opened: the database with all its stores, and the hub's own key. */
import type { DiskRoom } from '#shared/protocol/hub-health.ts'
import { bytesToHex } from '#shared/kernel/bytes.ts'
import { ok, type Result } from '#shared/kernel/result.ts'
import type { AlarmStore } from './ports/alarm-store.ts'
import type { AnswerCounts } from './ports/answer-counts.ts'
import type { AccessTokens } from './ports/access-tokens.ts'
import type { AnswerCells } from './ports/answer-cells.ts'
import type { AnswerReader } from './ports/answer-reader.ts'
import type { Backups } from './ports/backups.ts'
import type { BasketBook } from './ports/basket-book.ts'
import type { BoughtStore } from './ports/bought-store.ts'
import type { BroughtBaskets } from './ports/brought-baskets.ts'
import type { CaseStore } from './ports/case-store.ts'
import type { Clock } from './ports/clock.ts'
import type { CheckoutLinkStore, ReturnedOrderStore } from './ports/checkout-links.ts'
import type { Erasure } from './ports/erasure.ts'
import type { FeedbackPages } from './ports/feedback-pages.ts'
import type { FeedbackStore } from './ports/feedback-store.ts'
import type { FunnelStore } from './ports/funnel-store.ts'
import type { HandedOverBaskets } from './ports/handed-over.ts'
import type { HubKeys } from './ports/hub-keys.ts'
import type { Letters } from './ports/letters.ts'
import type { ListeningStore } from './ports/listening-store.ts'
import type { LeftOffers } from './ports/left-offers.ts'
import type { OutgoingCalls } from './ports/outgoing-events.ts'
import type { PeopleStore } from './ports/people.ts'
import type { ParityLedger } from './ports/parity-ledger.ts'
import type { PublisherKey } from './ports/publisher.ts'
import type { OrderStore, QuoteStore } from './ports/quotes.ts'
import type { ReceiptLedger, ReceiptStore } from './ports/receipts.ts'
import type { Retention } from './ports/retention.ts'
import type { ReviewStore } from './ports/reviews.ts'
import type { Random } from './ports/random.ts'
import type { ShopLedger } from './ports/shop-ledger.ts'
import type { SpendSource } from './ports/spend-source.ts'
import type { HubStores } from './ports/stores.ts'
import type { SurveyStore } from './ports/survey-store.ts'
import { sqliteAnswerCounts } from './stores/sqlite/feedback/answer-counts.ts'
import { sqliteAnswerCells } from './stores/sqlite/figures/answer-cells.ts'
import { sqliteAnswerReader } from './stores/sqlite/feedback/answer-reader.ts'
import { diskRoom } from './stores/sqlite/care/disk-room.ts'
import { coverBareCodes, coveredPairingCodes, peopleWithCoveredCodes } from './stores/keys/covered-codes.ts'
import { openHubKeys } from './stores/keys/hub-key-file.ts'
import { openPublisherKey } from './stores/keys/publisher-key-file.ts'
import { sqliteBasketBook } from './stores/sqlite/baskets/basket-book.ts'
import { sqliteAlarmStore } from './stores/sqlite/acting/alarm-store.ts'
import { sqliteCaseStore } from './stores/sqlite/acting/case-store.ts'
import { sqliteBoughtStore } from './stores/sqlite/baskets/bought-store.ts'
import { sqliteAccessTokens } from './stores/sqlite/sharing/access-tokens.ts'
import { sqliteBroughtBaskets } from './stores/sqlite/baskets/brought-baskets.ts'
import { sqliteBackups } from './stores/sqlite/care/backups.ts'
import { sqliteCheckoutLinks, sqliteReturnedOrders } from './stores/sqlite/baskets/checkout-links.ts'
import { noteCleanStop, noteRead } from './stores/sqlite/care/clean-stop.ts'
import { sqliteErasure } from './stores/sqlite/privacy/erasure.ts'
import { sqliteFeedbackPages } from './stores/sqlite/feedback/feedback-pages.ts'
import { sqliteFeedbackStore } from './stores/sqlite/feedback/feedback-store.ts'
import { sqliteFunnelStore } from './stores/sqlite/feedback/funnel-store.ts'
import { sqliteHandedOver } from './stores/sqlite/baskets/handed-over.ts'
import { beginRun, type DatabaseRefused } from './stores/sqlite/database/open-database.ts'
import { sqliteLetters } from './stores/sqlite/sharing/letters.ts'
import { sqliteOutgoingCalls } from './stores/sqlite/sharing/outgoing-calls.ts'
import { sqliteLeftOffers } from './stores/sqlite/shops/left-offers.ts'
import { sqliteListeningStore } from './stores/sqlite/feedback/listening-store.ts'
import { openOrRestore, type OpenedDatabase } from './stores/sqlite/care/open-or-restore.ts'
import { sqliteOrderStore } from './stores/sqlite/baskets/order-store.ts'
import { revokeAgain, revokingBeside } from './stores/sqlite/devices/revoked-beside.ts'
import { peopleBeside, takePeopleFromBeside } from './stores/sqlite/people/people-beside.ts'
import { sqlitePeopleStore } from './stores/sqlite/people/people.ts'
import { sqliteParityLedger } from './stores/sqlite/shops/parity-ledger.ts'
import { sqliteQuoteStore } from './stores/sqlite/baskets/quote-store.ts'
import { sqliteReceiptLedger, sqliteReceiptStore } from './stores/sqlite/feedback/receipt-store.ts'
import { sqliteRetention } from './stores/sqlite/privacy/retention.ts'
import { sqliteReviewStore } from './stores/sqlite/releases/review-store.ts'
import { sqliteShopLedger } from './stores/sqlite/shops/shop-ledger.ts'
import { restoreKeys, wantRestore } from './stores/sqlite/care/restore-database.ts'
import { sqliteSpendSource } from './stores/sqlite/figures/spend-source.ts'
import { sqliteStores } from './stores/sqlite/database/stores.ts'
import { sqliteSurveyStore } from './stores/sqlite/feedback/survey-store.ts'

export type HubData = HubStores & {
  readonly cells: AnswerCells
  readonly reader: AnswerReader
  /** Name of this run: new at every start, also after the database was put back from a copy. */
  readonly hubEpoch: string
  readonly feedback: FeedbackStore
  readonly surveys: SurveyStore
  readonly counts: AnswerCounts
  readonly alarms: AlarmStore
  readonly cases: CaseStore
  readonly listening: ListeningStore
  readonly quotes: QuoteStore
  readonly brought: BroughtBaskets
  readonly baskets: BasketBook
  readonly bought: BoughtStore
  readonly handedOver: HandedOverBaskets
  readonly spend: SpendSource
  readonly orders: OrderStore
  readonly reviews: ReviewStore
  readonly shops: ShopLedger
  readonly links: CheckoutLinkStore
  readonly returned: ReturnedOrderStore
  readonly funnel: FunnelStore
  readonly parity: ParityLedger
  readonly people: PeopleStore
  readonly leftOffers: LeftOffers
  readonly tokens: AccessTokens
  readonly outgoing: OutgoingCalls
  readonly pages: FeedbackPages
  readonly letters: Letters
  readonly keys: HubKeys
  readonly publisher: PublisherKey
  readonly backups: Backups
  readonly erasure: Erasure
  readonly retention: Retention
  readonly receipts: ReceiptStore
  readonly receiptLedger: ReceiptLedger
  /** The copy this run began from, if the database had to be put back. */
  readonly restored: OpenedDatabase['restored']
  /** Rows that had changed on the disk and were mended before this run. */
  readonly mended: number
  /** Room on the disks of the data and of the copies; null where the system does not say. */
  room(): { readonly data: DiskRoom | null; readonly copies: DiskRoom | null }
  /** Most of its pages are still to be read, while the hub runs. */
  readonly unread: boolean
  /** All of it was read and is whole. */
  foundWhole(): void
  /** The next start begins from a copy. */
  wantRestore(): void
  close(): void
}

/** Folders of one hub. */
export type DataFolders = { readonly dataDir: string; readonly backupDir: string }

/** Opens the data; a database that is damaged or gone is put back from its newest whole copy first, and devices send again what that copy lacks. */
export const openData = ({ dataDir, backupDir }: DataFolders, clock: Clock, random: Random): Result<HubData, DatabaseRefused> => {
  restoreKeys(dataDir, backupDir)
  const database = openOrRestore({ dataDir, backupDir }, clock.now())
  if (!database.ok) return database
  const { sql, restored, mended, unread } = database.value
  let isSound = !unread && dataDir !== ':memory:'
  if (isSound) noteRead(dataDir)
  const beside = dataDir === ':memory:' ? [] : [dataDir, backupDir]
  const stores = sqliteStores(sql, clock, beside)
  stores.audit.tellGap(restored)
  const erasure = sqliteErasure(sql, stores.transactions, [dataDir, backupDir], clock)
  erasure.eraseAgain()
  const hubEpoch = beginRun(sql, bytesToHex(random.bytes(8)), bytesToHex(random.bytes(8)))
  takePeopleFromBeside(sql, stores.transactions, beside)
  revokeAgain(sql, stores.transactions, beside)
  const revoking = revokingBeside({ devices: stores.devices, tokens: sqliteAccessTokens(sql), listening: sqliteListeningStore(sql), outgoing: sqliteOutgoingCalls(sql, clock, random) }, beside, () => clock.now())
  const keys = openHubKeys(dataDir)
  const bare = peopleBeside(sql, sqlitePeopleStore(sql), stores.transactions, beside)
  coverBareCodes(bare, keys)
  const people = peopleWithCoveredCodes(bare, keys)
  return ok({
    ...stores,
    ...revoking,
    hubEpoch,
    feedback: sqliteFeedbackStore(sql),
    cells: sqliteAnswerCells(sql),
    reader: sqliteAnswerReader(sql),
    surveys: sqliteSurveyStore(sql),
    counts: sqliteAnswerCounts(sql),
    alarms: sqliteAlarmStore(sql),
    cases: sqliteCaseStore(sql),
    retention: sqliteRetention(sql, stores.transactions),
    receipts: sqliteReceiptStore(sql),
    receiptLedger: sqliteReceiptLedger(sql),
    quotes: sqliteQuoteStore(sql),
    brought: sqliteBroughtBaskets(sql),
    baskets: sqliteBasketBook(sql),
    bought: sqliteBoughtStore(sql),
    handedOver: sqliteHandedOver(sql),
    spend: sqliteSpendSource(sql),
    orders: sqliteOrderStore(sql),
    reviews: sqliteReviewStore(sql),
    shops: sqliteShopLedger(sql),
    links: sqliteCheckoutLinks(sql),
    returned: sqliteReturnedOrders(sql),
    funnel: sqliteFunnelStore(sql),
    parity: sqliteParityLedger(sql),
    people,
    codes: coveredPairingCodes(stores.codes, keys),
    leftOffers: sqliteLeftOffers(sql),
    pages: sqliteFeedbackPages(sql),
    letters: sqliteLetters(sql),
    keys,
    publisher: openPublisherKey(dataDir),
    backups: sqliteBackups(sql, dataDir, backupDir),
    erasure,
    restored,
    mended,
    room: () => ({ data: diskRoom(dataDir), copies: diskRoom(backupDir) }),
    unread,
    foundWhole: () => {
      isSound = true
      noteRead(dataDir)
    },
    wantRestore: () => {
      isSound = false
      wantRestore(dataDir)
    },
    close: () => {
      sql.close()
      if (isSound) noteCleanStop(dataDir)
    },
  })
}
