/** Puts the hub together and runs it; the only file that knows everything. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { Server as TlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { ok } from '#shared/kernel/result.ts'
import { localTime, millis } from '#shared/kernel/time.ts'
import { documentsToStore, documentsToTouchpoints } from '#shared/protocol/documents.ts'
import { EVENT_KNOWLEDGE, type EventKnowledge } from '#shared/protocol/event-types.ts'
import type { Documents } from '#shared/sync/release.ts'
import type { Publisher } from '#shared/sync/release-signature.ts'
import { addressesOf } from './addresses.ts'
import { callHandlers, streamHandlers, type AnswerParts } from './answer-devices.ts'
import { CONFIG_HELP, isLoopback, readConfig, type Config } from './config.ts'
import { connectAsking } from './connect-shop.ts'
import { connectedShop } from './connected-shop.ts'
import { openData, type HubData } from './open-data.ts'
import { openMetrics, type OpenMetrics } from './open-metrics.ts'
import { openWebhooks, type OpenWebhooks } from './open-webhooks.ts'
import { openParity } from './open-parity.ts'
import type { Clock } from './ports/clock.ts'
import type { HttpDoor } from './ports/http-door.ts'
import type { Load } from './ports/load.ts'
import type { Log } from './ports/log.ts'
import type { Random } from './ports/random.ts'
import type { Timer } from './ports/timer.ts'
import type { WebShop } from './ports/web-shop/web-shop.ts'
import { builtinShop } from './shops/builtin/builtin-shop.ts'
import { demoDocuments } from './shops/builtin/demo/demo-documents.ts'
import { findMember } from './shops/builtin/find-member.ts'
import { isCorrupt } from './stores/sqlite/open-database.ts'
import { wantRestore } from './stores/sqlite/restore-database.ts'
import { verifySignature } from './stores/keys/verify-signature.ts'
import { readCertificate, watchCertificate, type Certificate } from './transport/http/certificate.ts'
import { bringRoutes } from './transport/http/bring-routes.ts'
import { checkoutRoutes } from './transport/http/checkout-routes.ts'
import { httpServer } from './transport/http/http-server.ts'
import { pairAgainRoute, pairRoute } from './transport/http/pair-route.ts'
import type { Route } from './transport/http/route.ts'
import { ownLoad } from './transport/load/own-load.ts'
import { jsonLog } from './transport/log/json-lines.ts'
import { fetchDoor } from './transport/outgoing/fetch-door.ts'
import { ADMISSION_LIMITS, exactOrigins, LOOPBACK_ADMISSION, type Origins } from './transport/socket/admission.ts'
import { DISPATCH_LIMITS, type DispatchLimits } from './transport/socket/dispatcher.ts'
import { socketServer, type SocketServer } from './transport/socket/socket-server.ts'
import { checkData } from './use-cases/check-data.ts'
import { keepBackedUp, type BackUp } from './use-cases/back-up.ts'
import { keepSalvaged } from './use-cases/keep-salvaged.ts'
import { nameCheckout } from './use-cases/name-checkout.ts'
import { groupCommit } from './use-cases/group-commit.ts'
import { holdBack } from './use-cases/hold-back.ts'
import { importShop } from './use-cases/import-shop.ts'
import type { IngestParts } from './use-cases/ingest-events.ts'
import { keepShop, type KeptShop } from './use-cases/keep-shop.ts'
import { publishLeft } from './use-cases/leave-offer.ts'
import { pairAgain } from './use-cases/pair-again.ts'
import { pairDevice } from './use-cases/pair-device.ts'
import { printCodes, type PrintedCodes } from './use-cases/print-codes.ts'
import type { ForeignShop } from './use-cases/foreign-shop.ts'
import type { KeptOrders } from './use-cases/keep-orders.ts'
import { feedbackProjector } from './use-cases/project-feedback.ts'
import { projectLosses } from './use-cases/project-losses.ts'
import { projectParity } from './use-cases/project-parity.ts'
import { projectQuotes } from './use-cases/project-quotes.ts'
import { projectVisits } from './use-cases/project-visits.ts'
import { publishRecorded } from './use-cases/publish-recorded.ts'
import { publishReviewed, type PublishReviewed } from './use-cases/publish-reviewed.ts'
import { publishRelease, signOldRelease } from './use-cases/publish-release.ts'
import { readAssortments } from './use-cases/read-assortments.ts'
import { settleWhenPossible } from './use-cases/record-prices.ts'
import { redriveParked } from './use-cases/redrive-parked.ts'
import { WATCH_MS, watchReleases } from './use-cases/watch-releases.ts'

const BUILT_APPS = fileURLToPath(new URL('../dist', import.meta.url))
const DEMO_TIME_ZONE = 'Europe/Berlin'
/** Tries to pair per minute and address; the devices, people and tests of a demo share theirs. */
const PAIR_TRIES = { loopback: 600, network: 10 }
/** A new day begins for all articles at once; an hour late is early enough for a record. */
const SETTLE_PRICES_MS = 3_600_000
const HTTP_CONNECTIONS = { loopback: 5000, network: 64 }

/** What tests and tools may replace. */
export type HubDeps = {
  readonly clock: Clock
  readonly random: Random
  readonly timer: Timer
  /** Ends the process; its supervisor starts it again. */
  readonly end: (why: string) => void
  readonly log: Log
  /** The web shop itself; null: the one that the configuration names. */
  readonly shop: WebShop | null
  /** The way out to the web shop. */
  readonly door: HttpDoor
  /** Folder of the built apps. */
  readonly files: string
  readonly dispatch: DispatchLimits
  /** How hard this hub has to breathe; null: it measures itself. */
  readonly load: Load | null
  /** What it understands of events. */
  readonly knowledge: EventKnowledge
}

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
  const loopback = isLoopback(config.host)
  const connected = deps.shop ? ok(deps.shop) : config.shop ? await connectAsking(config.shop, deps.door) : null
  if (connected && !connected.ok) throw new Error(connected.error)
  const foreign = connected && connectedShop(connected.value, { ...deps, data, parity: { cartTold: (told) => parity.monitor.cartTold(told) } })
  const onBroken = (why: string): void => {
    data.wantRestore()
    deps.end(why)
  }
  // Known in full only when the port is.
  let origins = exactOrigins([])
  const own: Origins = { has: (origin) => origins.has(origin), hasHost: (host) => origins.hasHost(host) }

  const { hubEpoch, transactions, documents, devices, codes, publisher } = data
  const sockets = socketServer({ ...deps, devices, hubEpoch, origins: own, admission: loopback ? LOOPBACK_ADMISSION : ADMISSION_LIMITS, verify: verifySignature })
  const measured = deps.load ? null : await ownLoad(config.dataDir, deps.timer)
  const parts = answerParts(data, sockets, { ...deps, load: deps.load ?? measured!.load }, { onBroken, backupState: () => backup.state(), shop: foreign?.shop ?? null })
  signOldRelease({ transactions, documents, publisher, log })
  const priceParts = { documents, prices: data.prices, transactions, clock, log }
  const publish = publishLeft(data.leftOffers, publishReviewed({ ...data, clock, log }, publishRecorded(priceParts, publishRelease({ transactions, documents, publisher, clock, hints: sockets.hints, log }))))
  const settle = settleWhenPossible(priceParts)
  settle()
  if (!config.empty) publishDemo(documents.nextRev() === 1, clock, publish)
  if (data.mended > 0) log.error('rows had changed on the disk', { mended: data.mended })
  if (data.restored) tellRestored(data.restored, keepSalvaged(parts.ingest, data.restored.salvaged.events), log)
  const unparked = redriveParked(parts.ingest)
  if (unparked > 0) log.info('parked events understood', { n: unparked })
  const printed = printCodes({ transactions, codes, clock, random, devices })(loopback && !config.empty)

  const certificate = config.tls && certificateOf(config.tls)
  const webhooks = openWebhooks(connected?.value ?? null, deps)
  const metrics = openMetrics(config, parts)
  const http = openHttp(config, { ...deps, webhook: webhooks.take, metrics: metrics.route }, certificate, routesOf(parts, loopback, foreign?.checkout ?? null), own)
  const compared = foreign?.shop ?? builtinShop({ ...data, assortments: parts.assortments, random, findMember })
  const parity = openParity({ ...deps, data, assortments: parts.assortments, shop: compared, connected: connected !== null, publish, look: () => void webShop?.look() })
  sockets.attach(http, { streams: streamHandlers(parts), calls: { ...callHandlers(parts), ...parity.calls } })
  const port = await listen(http, config)
  const addresses = addressesOf(config, port)
  origins = exactOrigins(addresses.origins)
  if (!config.empty) nameCheckout({ documents, publish })(addresses.phoneHost)
  const endCertificate = certificate && watchCertificate(certificate, { ...deps, read: () => readCertificate(config.tls!), use: (renewed) => (http as TlsServer).setSecureContext(renewed) })
  if (!loopback && !config.tls) log.warn('plain http beyond this machine: anybody on the network can read along', { port })
  log.info('listening', { port, hubEpoch })
  const phoneUrl = addresses.phoneHost && `http://${addresses.phoneHost}`
  const backup = keepBackedUp({ ...data, clock, log, onBroken }, deps.timer)
  const stopSettling = deps.timer.every(SETTLE_PRICES_MS, settle)
  const webShop = connected && keepShop({ ...deps, transactions, name: connected.value.name, ledger: data.shops, read: parity.shop.noted(importShop({ ...data, ...deps, shop: webhooks.hurried(parity.shop.shop), ledger: data.shops, publish })) })
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
    endWatch()
    endCertificate?.()
    await parity.monitor.stop()
    webhooks.stop()
    metrics.stop()
    await webShop?.stop()
    await orders?.stop()
    await backup.stop()
    measured?.stop()
    await stopHub(http, sockets, data, log)
  }
  return { ...printed, url: addresses.url, phoneUrl, port, hubEpoch, publish, webShop, orders, backUp: backup.run, stop }
}

const tellRestored = ({ name, events, skipped, salvaged }: NonNullable<HubData['restored']>, kept: number, log: Log): void =>
  log.error('the database was damaged or gone and was put back from a copy', { copy: name, events, skipped: skipped.length, salvagedRows: salvaged.rows, salvagedEvents: kept })

type OwnState = { readonly onBroken: (why: string) => void; readonly backupState: AnswerParts['backupState']; readonly shop: AnswerParts['shop'] }

const answerParts = (data: HubData, sockets: SocketServer, { clock, random, log, load, knowledge }: HubDeps & { readonly load: Load }, { onBroken, backupState, shop }: OwnState): AnswerParts => {
  const { transactions, events, documents, keys, hubEpoch, feedback, quotes, allotments, streams, funnel, returned } = data
  const { hints } = sockets
  const assortments = readAssortments(documents)
  const projectors = [feedbackProjector({ feedback, documents, hints }), projectQuotes({ quotes, allotments, assortments }), projectLosses({ streams }), projectParity(data.parity), projectVisits({ funnel, returned })]
  const ingest: IngestParts = { events, transactions, projectors, keys, knowledge, pressure: holdBack({ load, random, log }), streams, committer: groupCommit(transactions, setImmediate, () => onBroken('pages of the database are damaged')), clock, log, hubEpoch, publisher: publisherOf(data) }
  return { data, ingest, assortments, sockets, backupState, shop, clock, random, log }
}

const routesOf = ({ data, assortments, sockets, clock, random, log }: AnswerParts, loopback: boolean, foreign: ForeignShop | null): readonly Route[] => {
  const { transactions, documents, devices, codes, keys, quotes, orders, allotments, funnel } = data
  const items = (): Documents => documents.current()?.items ?? {}
  const storeName = (): string => {
    const store = documentsToStore(items())
    return store.ok ? store.value.name : ''
  }
  const publisher = publisherOf(data)
  const pair = pairDevice({ transactions, devices, codes, keys, clock, random, log, publisher, storeName, defaultTouchpoint: (role) => (role === 'kiosk' ? kioskPlace(items()) : null) })
  const again = pairAgain({ devices, keys, log, publisher, storeName, isOnline: sockets.isOnline })
  const shop = builtinShop({ assortments, orders, allotments, transactions, random, findMember })
  const verify = async (pub: string, message: Uint8Array, signature: Uint8Array): Promise<boolean> => verifySignature(pub, message, signature)
  const phone = { assortments, devices, quotes, transactions, allotments, shop: foreign ? { ...shop, findMember: foreign.shop.findMember } : shop, foreign, funnel, hints: sockets.hints, clock, log, verify, brought: data.brought }
  const tries = loopback ? PAIR_TRIES.loopback : PAIR_TRIES.network
  return [pairRoute(pair, tries), pairAgainRoute(again, tries), ...checkoutRoutes(phone), ...bringRoutes(phone)]
}

/** The key that signs and the store it signs for, once there is one. */
const publisherOf =
  ({ publisher, documents }: HubData) =>
  (): Publisher => ({ key: publisher.publicKey, store: (documents.head() ?? documents.upcoming()[0])?.store || null })

/** Where a kiosk stands if nobody said. */
const kioskPlace = (items: Documents): string | null => {
  const places = documentsToTouchpoints(items)
  return (places.find(({ id }) => id === 'kiosk') ?? places.find(({ phase }) => phase === 'during') ?? places[0])?.id ?? null
}

const publishDemo = (isFirstStart: boolean, clock: Clock, publish: RunningHub['publish']): void => {
  if (!isFirstStart) return
  const published = publish(demoDocuments(localTime(clock.now(), DEMO_TIME_ZONE).day))
  if (!published.ok) throw new Error(`the demo shop is damaged: ${JSON.stringify(published.error).slice(0, 600)}`)
}

/** Throws  a sentence for whoever starts the hub. */
const certificateOf = (files: NonNullable<Config['tls']>): Certificate => {
  const read = readCertificate(files)
  if (!read.ok) throw new Error(read.error)
  return read.value
}

const openHttp = (config: Config, deps: HubDeps & { readonly webhook: OpenWebhooks['take']; readonly metrics: OpenMetrics['route'] }, certificate: Certificate | null, routes: readonly Route[], own: Origins): Server =>
  httpServer({
    routes,
    webhook: deps.webhook,
    metrics: deps.metrics,
    files: deps.files,
    clock: deps.clock,
    log: deps.log,
    tls: certificate,
    connectionsPerAddress: isLoopback(config.host) ? HTTP_CONNECTIONS.loopback : HTTP_CONNECTIONS.network,
    isOwn: (origin, host) => (origin === undefined || own.has(origin)) && host !== undefined && own.hasHost(host),
  })

const listen = async (http: Server, { port, host }: Config): Promise<number> => {
  http.listen(port, host)
  await once(http, 'listening').catch((error: unknown) => {
    throw isTaken(error) ? new Error(`port ${port} is in use by another program: end that one, or choose another port with --port`) : error
  })
  return (http.address() as AddressInfo).port
}

const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'

const stopHub = async (http: Server, sockets: SocketServer, data: HubData, log: Log): Promise<void> => {
  http.closeAllConnections()
  await sockets.stop()
  data.close()
  log.info('stopped', { hubEpoch: data.hubEpoch })
}

const everyMs = (ms: number, task: () => void): (() => void) => {
  const timer = setInterval(task, ms).unref()
  return () => clearInterval(timer)
}

const defaultDeps = (): HubDeps => {
  const clock: Clock = { now: () => millis(Date.now()) }
  const log = jsonLog((line) => process.stderr.write(line), clock)
  return {
    clock,
    random: { bytes: (length) => Uint8Array.from(randomBytes(length)) },
    timer: { every: everyMs },
    log,
    shop: null,
    door: fetchDoor(),
    files: BUILT_APPS,
    dispatch: DISPATCH_LIMITS,
    load: null,
    knowledge: EVENT_KNOWLEDGE,
    end: (why) => {
      log.error('ended to start again from a copy', { why })
      process.exit(1)
    },
  }
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
