/** The hub's data as the command line tools use it, also while a hub is running on it. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { AnswerReader } from '#hub/ports/answer-reader.ts'
import type { AuditLog } from '#hub/ports/audit.ts'
import type { BasketBook } from '#hub/ports/basket-book.ts'
import type { CaseStore } from '#hub/ports/case-store.ts'
import type { Erasure } from '#hub/ports/erasure.ts'
import type { FeedbackStore } from '#hub/ports/feedback-store.ts'
import type { ListeningStore } from '#hub/ports/listening-store.ts'
import type { Letters } from '#hub/ports/letters.ts'
import type { HubKeys } from '#hub/ports/hub-keys.ts'
import type { Random } from '#hub/ports/random.ts'
import type { Retention } from '#hub/ports/retention.ts'
import type { SpendSource } from '#hub/ports/spend-source.ts'
import type { QuoteStore } from '#hub/ports/quotes.ts'
import { peopleWithCoveredCodes } from '#hub/stores/keys/covered-codes.ts'
import { openHubKeys } from '#hub/stores/keys/hub-key-file.ts'
import { sqliteAnswerCells } from '#hub/stores/sqlite/figures/answer-cells.ts'
import { sqliteAnswerReader } from '#hub/stores/sqlite/feedback/answer-reader.ts'
import { sqliteAuditLog } from '#hub/stores/sqlite/privacy/audit-log.ts'
import { sqliteBasketBook } from '#hub/stores/sqlite/baskets/basket-book.ts'
import { sqliteCaseStore } from '#hub/stores/sqlite/acting/case-store.ts'
import { sqliteDeviceStreams } from '#hub/stores/sqlite/devices/device-streams.ts'
import { sqliteDeviceStore } from '#hub/stores/sqlite/devices/devices.ts'
import { sqliteDocumentStore } from '#hub/stores/sqlite/releases/documents.ts'
import { sqliteErasure } from '#hub/stores/sqlite/privacy/erasure.ts'
import { sqliteFeedbackStore } from '#hub/stores/sqlite/feedback/feedback-store.ts'
import { sqliteListeningStore } from '#hub/stores/sqlite/feedback/listening-store.ts'
import { sqliteLetters } from '#hub/stores/sqlite/sharing/letters.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { peopleBeside } from '#hub/stores/sqlite/people/people-beside.ts'
import { sqlitePeopleStore } from '#hub/stores/sqlite/people/people.ts'
import { sqliteRetention } from '#hub/stores/sqlite/privacy/retention.ts'
import { sqliteSpendSource } from '#hub/stores/sqlite/figures/spend-source.ts'
import { sqliteQuoteStore } from '#hub/stores/sqlite/baskets/quote-store.ts'
import { sqliteTransactions } from '#hub/stores/sqlite/database/transactions.ts'
import type { KeepPeopleParts } from '#hub/use-cases/people/keep-people.ts'
import { feedbackContext } from '#hub/use-cases/feedback/feedback-context.ts'
import type { RenameParts } from '#hub/use-cases/devices/rename-device.ts'
import type { ImportDeps } from '#hub/use-cases/feedback/import-feedback.ts'
import type { InsightsDeps } from '#hub/use-cases/figures/read-insights.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { millis } from '#shared/kernel/time.ts'
import { once } from '#shared/offers/once.ts'

type OpenDatabase = Extract<ReturnType<typeof openDatabase>, { readonly ok: true }>['value']

export type Desk = ImportDeps & InsightsDeps & { readonly feedback: FeedbackStore; readonly reader: AnswerReader; readonly retention: Pick<Retention, 'sumsBefore'>; readonly spend: SpendSource; readonly baskets: BasketBook; readonly listening: ListeningStore; readonly quotes: Pick<QuoteStore, 'newestShown'>; readonly audit: AuditLog; readonly cases: CaseStore; readonly letters: Letters; /** Read when it is asked for. */ readonly keys: () => HubKeys; close(): void }

/** The folder where `npm start` keeps its data unless told otherwise. */
export const DEFAULT_DATA = './.einklang'

/** Opens a data folder; `mustExist` for those who only read, so that a misspelt name makes no empty database. */
export const openDesk = (data: string | undefined, { mustExist, backup }: { readonly mustExist: boolean; readonly backup?: string | undefined }): Result<Desk, string> => {
  const folder = folderOf(data)
  const database = openFolder(folder, mustExist)
  if (!database.ok) return database
  const sql = database.value
  const clock = { now: () => millis(Date.now()) }
  const transactions = sqliteTransactions(sql)
  return ok({
    clock,
    audit: sqliteAuditLog(sql, { transactions, clock, folders: [folder, copiesOf(folder, backup)] }),
    keys: once(() => openHubKeys(folder)),
    feedback: sqliteFeedbackStore(sql),
    cells: sqliteAnswerCells(sql),
    reader: sqliteAnswerReader(sql),
    retention: sqliteRetention(sql, transactions),
    spend: sqliteSpendSource(sql),
    baskets: sqliteBasketBook(sql),
    listening: sqliteListeningStore(sql),
    cases: sqliteCaseStore(sql),
    letters: sqliteLetters(sql),
    quotes: sqliteQuoteStore(sql),
    devices: sqliteDeviceStore(sql),
    streams: sqliteDeviceStreams(sql),
    documents: sqliteDocumentStore(sql, clock),
    transactions,
    digest: digestOf,
    close: () => sql.close(),
  })
}

/** What erases, over the data folder and the folder of its copies. */
export const openErasure = (data: string | undefined, backup: string | undefined): Result<Erasure & { readonly audit: AuditLog; count(): void; close(): void }, string> => {
  const folder = folderOf(data)
  const database = openFolder(folder, true)
  if (!database.ok) return database
  const sql = database.value
  const transactions = sqliteTransactions(sql)
  const folders = [folder, copiesOf(folder, backup)]
  const clock = { now: () => millis(Date.now()) }
  const count = (): void => void transactions.run(() => sqliteAnswerCells(sql).count(feedbackContext(sqliteDocumentStore(sql, clock)).timeZone))
  return ok({ ...sqliteErasure(sql, transactions, folders, clock), count, audit: sqliteAuditLog(sql, { transactions, clock, folders }), close: () => sql.close() })
}

/** What lists and names the devices that are let in. */
export const openDeviceDesk = (data: string | undefined): Result<RenameParts & { close(): void }, string> => {
  const folder = folderOf(data)
  const database = openFolder(folder, true)
  if (!database.ok) return database
  const sql = database.value
  const transactions = sqliteTransactions(sql)
  return ok({ transactions, devices: sqliteDeviceStore(sql), audit: sqliteAuditLog(sql, { transactions, clock: { now: () => millis(Date.now()) }, folders: [folder, copiesOf(folder, undefined)] }), close: () => sql.close() })
}

/** What keeps the list of people. Whoever is signed in at a running hub meanwhile stays so until their password is another one. */
export const openPeopleDesk = (data: string | undefined, bytes: Random['bytes']): Result<KeepPeopleParts & { close(): void }, string> => {
  const folder = folderOf(data)
  const database = openFolder(folder, true)
  if (!database.ok) return database
  const sql = database.value
  const transactions = sqliteTransactions(sql)
  const clock = { now: () => millis(Date.now()) }
  const folders = [folder, copiesOf(folder, undefined)]
  return ok({ transactions, people: peopleWithCoveredCodes(peopleBeside(sql, sqlitePeopleStore(sql), transactions, folders), openHubKeys(folder)), audit: sqliteAuditLog(sql, { transactions, clock, folders }), clock, random: { bytes }, sessions: { endOf: () => undefined }, close: () => sql.close() })
}

/** Folder of the copies of a data folder. */
export const copiesOf = (folder: string, backup: string | undefined): string => backup ?? process.env['BACKUP_DIR'] ?? join(folder, 'backups')

/** The data folder that a command works on. */
export const folderOf = (data: string | undefined): string => data ?? process.env['DATA_DIR'] ?? DEFAULT_DATA

const openFolder = (folder: string, mustExist: boolean): Result<OpenDatabase, string> => {
  if (mustExist && !existsSync(join(folder, 'hub.sqlite'))) return err(`there are no data in ${folder}`)
  const database = openDatabase(folder, millis(Date.now()))
  if (database.ok) return database
  return err(`cannot open the data in ${folder}: ${'why' in database.error ? database.error.why : `written by a newer version (${database.error.migration})`}`)
}

/** 32 hex digits: no two rows of one store will ever share them. */
export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32)
