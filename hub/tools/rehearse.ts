/** `npm run rehearse -- --offers DRAFT.json --baskets FILE`: replays real baskets under a draft of the offers, before it goes live. */
import { parseArgs } from 'node:util'
import { handedOverBaskets } from '#hub/use-cases/baskets/handed-over-baskets.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import { hasErrors } from '#shared/basket/review/finding.ts'
import { lintOffers } from '#shared/basket/review/lint-offers.ts'
import { malformedFindings } from '#shared/basket/review/read-rules.ts'
import { rehearse } from '#shared/basket/review/rehearse.ts'
import type { Rehearsal } from '#shared/basket/review/rehearsal-tally.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import type { PublishedOffer } from '#shared/offers/offer.ts'
import { openDesk } from './open-desk.ts'
import { readTable } from './read-table.ts'
import { findingLines } from './rehearse/finding-lines.ts'
import { readBaskets, type ReadBaskets } from './rehearse/read-baskets.ts'
import { readCosts, readDraft, readShop, type Draft } from './rehearse/read-draft.ts'
import { rehearsalLines } from './rehearse/rehearsal-lines.ts'

const HELP = `npm run rehearse -- --baskets FILE [--offers DRAFT.json] [--current CURRENT.json] [--data DIR] [--at INSTANT] [--costs FILE] [--json]

  --baskets FILE   CSV (also .gz): basket,item · basket,sku,quantity · invoice,sku,description,quantity,timestamp,unit_price_gbp
                   or "hub": the baskets that kiosks of --data handed over
  --offers FILE    the draft: a list of offers, bare or as published (default: those of the shop)
  --current FILE   what it is compared with (default: those of the shop; none if --offers is not given)
  --data DIR       the shop: the release in force of this data folder (default: the demo shop of today)
  --at INSTANT     the week of the replay begins here, ISO 8601 (default: now); baskets keep their weekday and time of day
  --costs FILE     CSV with sku,cost_cents: adds the margin
  --json           everything as one JSON object

The draft is read by npm run lint-offers first; its errors are printed and do not stop the replay.
Exit code 0: replayed · 1: nothing could be priced, or the draft has errors · 2: bad arguments.
The last line is JSON: {"baskets":n,"affected":n,"refused":n,"unmappedLines":n,"revenueCents":n,"errors":n}`

type Print = (line: string) => void
type Asked = { readonly baskets: string; readonly offers: string | undefined; readonly current: string | undefined; readonly data: string | undefined; readonly at: Millis; readonly costs: string | undefined; readonly json: boolean }

export const runRehearse = (args: readonly string[], print: Print, complain: Print, now: Millis): number => {
  const asked = readArguments(args, now)
  if (!asked.ok) {
    if (asked.error === null) print(HELP)
    else complain(`rehearse: ${asked.error}\n\n${HELP}`)
    return asked.error === null ? 0 : 2
  }
  const done = rehearseFiles(asked.value)
  if (!done.ok) {
    complain(`rehearse: ${done.error}`)
    return 2
  }
  return report(done.value, asked.value, print)
}

/** The error is null when help was asked for. */
const readArguments = (args: readonly string[], now: Millis): Result<Asked, string | null> => {
  const text = { type: 'string' } as const
  try {
    const { values } = parseArgs({ args: [...args], options: { baskets: text, offers: text, current: text, data: text, at: text, costs: text, json: { type: 'boolean', default: false }, help: { type: 'boolean' } } })
    if (values.help) return err(null)
    if (values.baskets === undefined) return err('--baskets FILE is missing')
    if (values.baskets === 'hub' && values.data === undefined) return err('--baskets hub needs --data DIR')
    const at = values.at === undefined ? now : Date.parse(values.at)
    if (Number.isNaN(at)) return err(`--at "${values.at}" is no moment`)
    const { baskets, offers, current, data, costs, json } = values
    return ok({ baskets, offers, current, data, at: millis(at), costs, json })
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error))
  }
}

type Done = { readonly rehearsal: Rehearsal; readonly read: ReadBaskets; readonly draft: Draft; readonly findings: ReturnType<typeof lintOffers>; readonly current: readonly PublishedOffer[] }

const rehearseFiles = (asked: Asked): Result<Done, string> => {
  const shop = readShop(asked.data, asked.at)
  if (!shop.ok) return shop
  const draft = asked.offers === undefined ? ok({ offers: shop.value.offers, refused: [] }) : readDraft(asked.offers)
  if (!draft.ok) return draft
  const current = asked.current === undefined ? ok({ offers: asked.offers === undefined ? [] : shop.value.offers, refused: [] }) : readDraft(asked.current)
  if (!current.ok) return current
  const costs = asked.costs === undefined ? null : readCosts(asked.costs)
  if (costs && !costs.ok) return costs
  const read = asked.baskets === 'hub' ? readHub(asked.data!, shop.value) : readFile(asked.baskets, shop.value)
  if (!read.ok) return read
  const facts = { now: asked.at, ...(costs && { costs: costs.value }) }
  const { assortment, baskets } = read.value
  const findings = [...malformedFindings(draft.value.refused), ...lintOffers(draft.value.offers, assortment, facts)]
  return ok({ rehearsal: rehearse(draft.value.offers, current.value.offers, assortment, baskets, facts), read: read.value, draft: draft.value, findings, current: current.value.offers })
}

const readFile = (path: string, assortment: Assortment): Result<ReadBaskets, string> => {
  const table = readTable(path)
  return table.ok ? readBaskets(table.value, assortment) : err(`cannot read ${path}: ${table.error.why}`)
}

/** What the kiosks of this store handed over, newest first. */
const readHub = (data: string, assortment: Assortment): Result<ReadBaskets, string> => {
  const desk = openDesk(data, { mustExist: true })
  if (!desk.ok) return desk
  try {
    return ok({ baskets: handedOverBaskets(desk.value.quotes, assortment), assortment, notes: ['Baskets that kiosks of this store handed over.'], unmapped: [] })
  } finally {
    desk.value.close()
  }
}

const SHOWN_NAMES = 8

const report = ({ rehearsal, read, findings, draft, current }: Done, { json }: Asked, print: Print): number => {
  const errors = findings.filter(({ severity }) => severity === 'error')
  const { refused, affected, lines, baskets } = rehearsal
  const names = new Map<string, string>([...read.assortment.products.map((one) => [one.sku, one.name.en] as const), ...[...current, ...draft.offers].map((one) => [one.offer.id, one.title.en] as const)])
  if (json) print(JSON.stringify({ rehearsal, findings, notes: read.notes, unmapped: read.unmapped }))
  else {
    for (const note of read.notes) print(note)
    if (read.unmapped.length > 0) print(`Without an article: ${read.unmapped.slice(0, SHOWN_NAMES).map(({ name, lines: n }) => `${name} (${n})`).join(', ')}${read.unmapped.length > SHOWN_NAMES ? ` and ${read.unmapped.length - SHOWN_NAMES} more names` : ''}.`)
    print('')
    for (const line of rehearsalLines(rehearsal, (id) => names.get(id) ?? id)) print(line)
    if (errors.length > 0) print('')
    for (const finding of errors) for (const line of findingLines(finding, 'en')) print(line)
  }
  const revenueCents = rehearsal.draft.revenueCents - rehearsal.current.revenueCents
  print(JSON.stringify({ baskets, affected: affected.n, refused: refused.empty + refused.unknownArticles + refused.unpriceable, unmappedLines: lines.unmapped, revenueCents, errors: errors.length }))
  return baskets === 0 || hasErrors(findings) ? 1 : 0
}

if (import.meta.main) process.exitCode = runRehearse(process.argv.slice(2), console.log, console.error, millis(Date.now()))
