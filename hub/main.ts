/** Puts the hub together and runs it; the only file that knows everything. */
import { fileURLToPath } from 'node:url'
import { localTime } from '#shared/kernel/time.ts'
import { addressesOf } from './addresses.ts'
import { callHandlers, streamHandlers } from './answer-devices.ts'
import { answerParts, type AnswerParts } from './answer-parts.ts'
import { peopleHandlers } from './answer-people.ts'
import { openSurveys } from './answer-surveys.ts'
import { visitorRoutes } from './answer-visitors.ts'
import { CONFIG_HELP, isLoopback, readConfig, type Config } from './config.ts'
import { connectAsking } from './connect-shop.ts'
import { connectedShop } from './connected-shop.ts'
import { defaultDeps, type HubDeps } from './hub-deps.ts'
import { countDemo, openBought } from './open-bought.ts'
import { openActing } from './open-acting.ts'
import { openData, type HubData } from './open-data.ts'
import { openFigures } from './open-figures.ts'
import { openHttp } from './open-http.ts'
import { openMetrics } from './open-metrics.ts'
import { violationRoutes } from './transport/http/violation-routes.ts'
import { openPairing } from './open-pairing.ts'
import { openPeople, type AddPerson } from './open-people.ts'
import { openListening } from './open-listening.ts'
import { openParity } from './open-parity.ts'
import { openPrivacy } from './open-privacy.ts'
import { openSharing } from './open-sharing.ts'
import { openWebhooks } from './open-webhooks.ts'
import type { PersonId } from '#shared/devices/person.ts'
import type { Clock } from './ports/clock.ts'
import type { HintSender } from './ports/hints.ts'
import { visitorAddress } from './ports/visitor-address.ts'
import type { Log } from './ports/log.ts'
import type { WebShop } from './ports/web-shop/web-shop.ts'
import { builtinShop } from './shops/builtin/builtin-shop.ts'
import { demoDocuments } from './shops/builtin/demo/demo-documents.ts'
import { findMember } from './shops/builtin/find-member.ts'
import { isCorrupt } from './stores/sqlite/database/open-database.ts'
import { wantRestore } from './stores/sqlite/care/restore-database.ts'
import { verifySignature } from './stores/keys/verify-signature.ts'
import { callDoor } from './transport/outgoing/call-door.ts'
import { actRoutes } from './transport/http/act-routes.ts'
import { figureRoutes } from './transport/http/figure-routes.ts'
import { certificateEnd } from './transport/http/certificate.ts'
import { ownLoad } from './transport/load/own-load.ts'
import { ADMISSION_LIMITS, exactOrigins, LOOPBACK_ADMISSION, type Origins } from './transport/socket/admission.ts'
import { socketServer } from './transport/socket/socket-server.ts'
import { publishSurveys } from './use-cases/surveys/carry-surveys.ts'
import { checkData } from './use-cases/care/check-data.ts'
import { keepBackedUp, type BackUp } from './use-cases/care/back-up.ts'
import { feedbackContext } from './use-cases/feedback/feedback-context.ts'
import { importShop } from './use-cases/shops/import-shop.ts'
import type { KeptOrders } from './use-cases/baskets/keep-orders.ts'
import { keepSalvaged } from './use-cases/events/keep-salvaged.ts'
import { keepShop, type KeptShop } from './use-cases/shops/keep-shop.ts'
import { publishBought } from './use-cases/bought/publish-bought.ts'
import { publishProfiled } from './use-cases/devices/keep-profiles.ts'
import { publishLeft } from './use-cases/parity/leave-offer.ts'
import { publishWithWall } from './use-cases/acting/publish-wall.ts'
import { nameCheckout } from './use-cases/baskets/name-checkout.ts'
import { printCodes, type PrintedCodes } from './use-cases/devices/print-codes.ts'
import { publishRecorded } from './use-cases/releases/publish-recorded.ts'
import { publishReviewed, type PublishReviewed } from './use-cases/releases/publish-reviewed.ts'
import { publishRelease, signOldRelease } from './use-cases/releases/publish-release.ts'
import { settleWhenPossible } from './use-cases/releases/record-prices.ts'
import { privacyInForce } from './use-cases/privacy/keep-retention.ts'
import { refusePersonalSurveys } from './use-cases/surveys/refuse-personal-surveys.ts'
import { redriveParked } from './use-cases/events/redrive-parked.ts'
import { WATCH_MS, watchReleases } from './use-cases/releases/watch-releases.ts'

const DEMO_TIME_ZONE = 'Europe/Berlin'
/** A new day begins for all articles at once; an hour late is early enough for a record. */
const SETTLE_PRICES_MS = 3_600_000

export type RunningHub = PrintedCodes & {
  /** Where people find it; also the origin of its pages. */
  readonly url: string
  readonly port: number
  /** Where phones of the same network open a basket; null if only this machine reaches the hub, or `url` is right for phones too. */
  readonly phoneUrl: string | null
  readonly hubEpoch: string
  /** Puts documents in force, as a web shop's connector would; errors of the review hold it back unless they are overridden. */
  publish: PublishReviewed
  /** The web shop that it is connected to; null with the built-in one. */
  readonly webShop: KeptShop | null
  /** Its orders on their way back; null with the built-in one, and where it tells of none. */
  readonly orders: KeptOrders | null
  /** Adds somebody with a password of their own, as no manager could. */
  readonly addPerson: AddPerson
  /** Makes a verified copy now. */
  backUp: BackUp['run']
  stop(): Promise<void>
}

/** Starts a hub and resolves when it listens; rejects if its data cannot be used or its port is taken. Damaged pages that only the start itself met are answered with a copy, once. */
export const startHub = async (config: Config, replaced: Partial<HubDeps> = {}): Promise<RunningHub> => {
  const deps = { ...defaultDeps(), ...replaced }
  try {
    return await openAndRun(config, deps)
  } catch (error) {
    if (!isCorrupt(error)) throw error
    deps.log.error('the start met damaged pages', {})
    wantRestore(config.dataDir)
    return openAndRun(config, deps)
  }
}

const openAndRun = async (config: Config, deps: HubDeps): Promise<RunningHub> => {
  const opened = openData(config, deps.clock, deps.random)
  if (!opened.ok) throw new Error(`the data in ${config.dataDir} cannot be used: ${JSON.stringify(opened.error)}`)
  try {
    return await runHub(config, deps, opened.value)
  } catch (error) {
    opened.value.close()
    throw error
  }
}

const runHub = async (config: Config, deps: HubDeps, data: HubData): Promise<RunningHub> => {
  const { clock, random, log } = deps
  const { hubEpoch, transactions, documents, devices, codes } = data
  const loopback = isLoopback(config.host)
  const onBroken = (why: string): void => {
    data.wantRestore()
    deps.end(why)
  }
  // Known in full only when the port is.
  let origins = exactOrigins([])
  const own: Origins = { has: (origin) => origins.has(origin), hasHost: (host) => origins.hasHost(host) }
  const connected = await webShopOf(config, deps)
  const foreign = connected && connectedShop(connected, { ...deps, data, parity: { cartTold: (told) => parity.monitor.cartTold(told) } })

  const addressOf = visitorAddress(config.trustedProxies ?? [])
  // Whatever comes through a proxy comes from other machines.
  const alone = loopback && !config.trustedProxies
  const people = openPeople(data, deps, (connection, why) => sockets.endSession(connection, why))
  const sockets = socketServer({ ...deps, devices, sessions: people.sessions, hubEpoch, origins: own, addressOf, admission: alone ? LOOPBACK_ADMISSION : ADMISSION_LIMITS, proven: (request) => http.release(request), verify: verifySignature })
  const measured = deps.load ? null : await ownLoad(config.dataDir, deps.timer)
  const parts = answerParts(data, sockets, { ...deps, load: deps.load ?? measured!.load }, { onBroken, backupState: () => backup.state(), shop: foreign?.shop ?? null, sessions: people.sessions, passwords: people.passwords, certificateEndsAt: certificateEnd(config.tls) })
  const { publish, settle } = openPublishing(data, sockets.hints, deps)
  if (!config.empty) publishDemo(data, clock, publish)
  tellStart(data, parts, log)
  const printed = printCodes({ transactions, codes, clock, random, devices, people: data.people, audit: data.audit })(alone && !config.empty)

  const pairing = openPairing(parts, { alone, publish, tell: deps.tell })
  const webhooks = openWebhooks(connected, deps)
  const violations = violationRoutes(deps)
  const metrics = openMetrics(config, parts, violations.count)
  const listening = openListening(parts)
  const figures = openFigures(parts)
  const sharing = openSharing(parts, deps.callDoor ?? callDoor(config.webhookHosts ?? []), [...listening.api, ...figureRoutes({ ...figures.read, timeZone: () => feedbackContext(documents).timeZone }), ...actRoutes({ ...data, clock })])
  const http = openHttp(config, deps, own, addressOf, { routes: [...pairing.routes, ...violations.routes, ...visitorRoutes(parts, foreign?.checkout ?? null), ...listening.routes], webhook: webhooks.take, metrics: metrics.route, api: sharing.api })
  const compared = foreign?.shop ?? builtinShop({ ...data, assortments: parts.assortments, random, findMember })
  const parity = openParity({ ...deps, data, assortments: parts.assortments, shop: compared, connected: connected !== null, publish, look: () => void webShop?.look() })
  const bought = openBought(parts, publish, deps.timer)
  const nameOf = (person: string): string | null => data.people.find(person as PersonId)?.name ?? null
  const acting = openActing(parts, publish)
  const privacy = openPrivacy(parts, deps.timer, nameOf)
  const surveys = openSurveys(parts, publish, nameOf)
  if (data.restored) await privacy.letGo()
  sockets.attach(http.server, { streams: streamHandlers(parts), calls: { ...callHandlers(parts), ...privacy.calls, ...bought.calls, ...parity.calls, ...pairing.calls, ...acting.calls, ...figures.calls, ...sharing.calls, ...surveys.calls, ...listening.calls, ...peopleHandlers(parts) } })
  const port = await http.listen()
  const addresses = addressesOf(config, port)
  origins = exactOrigins(addresses.origins)
  if (!config.empty) nameCheckout({ documents, publish })(addresses.phoneHost)
  if (!loopback && !config.tls) log.warn('plain http beyond this machine: anybody on the network can read along', { port })
  log.info('listening', { port, hubEpoch })
  privacy.begin()
  acting.begin()

  const backup = keepBackedUp({ ...data, clock, log, onBroken }, deps.timer)
  const stopSettling = deps.timer.every(SETTLE_PRICES_MS, settle)
  const webShop = connected && keepShop({ ...deps, transactions, name: connected.name, ledger: data.shops, read: parity.shop.noted(importShop({ ...data, ...deps, shop: webhooks.hurried(parity.shop.shop), ledger: data.shops, publish })) })
  void webShop?.look()
  if (webShop) webhooks.begin(webShop)
  const orders = foreign?.keepOrders(sockets.hints) ?? null
  void orders?.look()
  let isOver = false
  if (data.unread) void checkData({ backups: data.backups, log, onBroken, isOver: () => isOver }).then((whole) => whole && data.foundWhole())
  const endWatch = deps.timer.every(WATCH_MS, watchReleases({ documents, hints: sockets.hints, log }))
  const stop = async (): Promise<void> => {
    isOver = true
    stopSettling()
    surveys.stop()
    people.stop()
    await figures.stop()
    await sharing.stop()
    endWatch()
    await bought.kept.stop()
    await privacy.stop()
    await listening.stop()
    await acting.stop()
    await parity.monitor.stop()
    webhooks.stop()
    metrics.stop()
    await webShop?.stop()
    await orders?.stop()
    await backup.stop()
    measured?.stop()
    http.close()
    await sockets.stop()
    data.close()
    log.info('stopped', { hubEpoch })
  }
  const phoneUrl = addresses.phoneHost && `http://${addresses.phoneHost}`
  return { ...printed, url: addresses.url, phoneUrl, port, hubEpoch, publish, webShop, orders, addPerson: people.add, backUp: backup.run, stop }
}

/** Null for the built-in one. Rejects  with a sentence, if the configuration does not lead to one. */
const webShopOf = async (config: Config, deps: HubDeps): Promise<WebShop | null> => {
  if (deps.shop) return deps.shop
  if (!config.shop) return null
  const connected = await connectAsking(config.shop, deps.door)
  if (!connected.ok) throw new Error(connected.error)
  return connected.value
}

/** The one way into a release: what was left by hand, the review, the ledger of prices, the signature. `settle` closes the records of days that have ended. */
const openPublishing = (data: HubData, hints: HintSender, { clock, log }: HubDeps): { readonly publish: PublishReviewed; readonly settle: () => void } => {
  const { transactions, documents, publisher, prices, leftOffers } = data
  signOldRelease({ transactions, documents, publisher, log })
  const priceParts = { documents, prices, transactions, clock, log }
  const signed = publishRelease({ transactions, documents, publisher, clock, hints, log, audit: data.audit, outgoing: data.outgoing })
  const publish = publishBought({ ...data, clock }, publishProfiled(data.devices, publishLeft(leftOffers, publishSurveys(data.surveys, refusePersonalSurveys({ documents, log, teamOnly: () => privacyInForce(data).teamOnly }, publishWithWall(data.cases, publishReviewed({ ...data, clock, log }, publishRecorded(priceParts, signed))))))))
  const settle = settleWhenPossible(priceParts)
  settle()
  return { publish, settle }
}

/** What the last run left behind, put right and told. */
const tellStart = ({ mended, restored }: HubData, { ingest }: AnswerParts, log: Log): void => {
  if (mended > 0) log.error('rows had changed on the disk', { mended })
  if (restored) tellRestored(restored, keepSalvaged(ingest, restored.salvaged.events), log)
  const unparked = redriveParked(ingest)
  if (unparked > 0) log.info('parked events understood', { n: unparked })
}

const tellRestored = ({ name, events, skipped, salvaged }: NonNullable<HubData['restored']>, kept: number, log: Log): void =>
  log.error('the database was damaged or gone and was put back from a copy', { copy: name, events, skipped: skipped.length, salvagedRows: salvaged.rows, salvagedEvents: kept })

const publishDemo = (data: HubData, clock: Clock, publish: RunningHub['publish']): void => {
  if (data.documents.nextRev() !== 1) return
  const demo = demoDocuments(localTime(clock.now(), DEMO_TIME_ZONE).day)
  countDemo(data, demo, clock)
  const published = publish(demo)
  if (!published.ok) throw new Error(`the demo shop is damaged: ${JSON.stringify(published.error).slice(0, 600)}`)
}

/** `node hub/main.ts`: one hub, one process. Addresses and codes on standard output, log lines on standard error. */
const runFromCommandLine = async (args: readonly string[]): Promise<void> => {
  if (args.includes('--help')) return void process.stdout.write(`node hub/main.ts [options]\n${CONFIG_HELP}`)
  const config = readConfig(args, process.env)
  if (!config.ok) {
    process.stderr.write(`${config.error.join('\n')}\n`)
    process.exitCode = 2
    return
  }
  const { log } = defaultDeps()
  endOnBug(log)
  const hub = await startHub(config.value)
  endOnSignal(hub)
  for (const line of greeting(hub)) process.stdout.write(`${line}\n`)
}

export const endOnSignal = (hub: RunningHub): void => {
  const end = (): void => void hub.stop().then(() => process.exit(0))
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
}

/** After a bug nobody knows what state is left: log it and let the supervisor start afresh; nothing acknowledged is lost. */
export const endOnBug = (log: Log): void => {
  const end = (error: unknown): void => {
    log.error('ended by a bug', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    process.exit(1)
  }
  process.on('unhandledRejection', end)
  process.on('uncaughtException', end)
}

/** What a person needs after the start; tools read it too. */
export const greeting = (hub: RunningHub): readonly string[] => [
  `Einklang is listening on ${hub.url}`,
  ...(hub.phoneUrl ? [`Phones in the same network reach it on ${hub.phoneUrl}`] : []),
  ...(hub.setupCode ? [`Setup code (manager): ${hub.setupCode}`] : []),
  ...(hub.pairingCode ? [`Pairing code (kiosk, staff): ${hub.pairingCode}`] : []),
]

if (process.argv[1] === fileURLToPath(import.meta.url)) await runFromCommandLine(process.argv.slice(2))
