/** `npm run lint-offers -- [DRAFT.json]`: reads a set of offers before it goes live and says what is wrong with it, with proof. */
import { parseArgs } from 'node:util'
import { hasErrors, type Finding, type Severity } from '#shared/basket/review/finding.ts'
import { lintOffers } from '#shared/basket/review/lint-offers.ts'
import { malformedFindings, unreadFindings } from '#shared/basket/review/read-rules.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import { readCosts, readDraft, readShop } from './rehearse/read-draft.ts'
import { findingLines } from './rehearse/finding-lines.ts'

const HELP = `npm run lint-offers -- [DRAFT.json] [--data DIR] [--at INSTANT] [--costs FILE] [--language de|en] [--json]

  DRAFT.json       a list of offers, bare or as published; without it those of the shop itself
  --data DIR       the shop: the release in force of this data folder (default: the demo shop of today)
  --at INSTANT     read the offers as of this moment, ISO 8601 (default: now)
  --costs FILE     CSV with sku,cost_cents; without it nothing is said about cost
  --language L     of the sentences (default en)
  --json           findings as JSON, one a line, in place of sentences

Exit code 0: no error · 1: at least one error · 2: bad arguments.
The last line is JSON: {"offers":n,"errors":n,"warnings":n,"notes":n}`

type Print = (line: string) => void
type Asked = { readonly draft: string | undefined; readonly data: string | undefined; readonly at: Millis; readonly costs: string | undefined; readonly language: 'de' | 'en'; readonly json: boolean }

export const runLint = (args: readonly string[], print: Print, complain: Print, now: Millis): number => {
  const asked = readArguments(args, now)
  if (!asked.ok) {
    if (asked.error === null) print(HELP)
    else complain(`lint-offers: ${asked.error}\n\n${HELP}`)
    return asked.error === null ? 0 : 2
  }
  const linted = lint(asked.value)
  if (!linted.ok) {
    complain(`lint-offers: ${linted.error}`)
    return 2
  }
  const { findings, offers } = linted.value
  if (asked.value.json) for (const finding of findings) print(JSON.stringify(finding))
  else for (const finding of findings) for (const line of findingLines(finding, asked.value.language)) print(line)
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length
  print(JSON.stringify({ offers, errors: count('error'), warnings: count('warning'), notes: count('note') }))
  return hasErrors(findings) ? 1 : 0
}

/** The error is null when help was asked for. */
const readArguments = (args: readonly string[], now: Millis): Result<Asked, string | null> => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { data: { type: 'string' }, at: { type: 'string' }, costs: { type: 'string' }, language: { type: 'string', default: 'en' }, json: { type: 'boolean', default: false }, help: { type: 'boolean' } },
    })
    if (values.help) return err(null)
    const at = values.at === undefined ? now : Date.parse(values.at)
    const { language } = values
    if (Number.isNaN(at)) return err(`--at "${values.at}" is no moment`)
    if (language !== 'de' && language !== 'en') return err(`--language is de or en, not "${language}"`)
    if (positionals.length > 1) return err('name one file of offers')
    return ok({ draft: positionals[0], data: values.data, at: millis(at), costs: values.costs, language, json: values.json })
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error))
  }
}

const lint = ({ draft, data, at, costs }: Asked): Result<{ readonly findings: readonly Finding[]; readonly offers: number }, string> => {
  const shop = readShop(data, at)
  if (!shop.ok) return shop
  const read = draft === undefined ? ok({ offers: shop.value.offers, refused: [] }) : readDraft(draft)
  if (!read.ok) return read
  const known = costs === undefined ? null : readCosts(costs)
  if (known && !known.ok) return known
  const { offers, refused } = read.value
  const findings = lintOffers(offers, shop.value, { now: at, ...(known && { costs: known.value }) })
  const unread = draft === undefined ? (shop.value.unread ?? []) : []
  return ok({ findings: [...unreadFindings(unread), ...malformedFindings(refused), ...findings], offers: offers.length + refused.length + unread.length })
}

if (import.meta.main) process.exitCode = runLint(process.argv.slice(2), console.log, console.error, millis(Date.now()))
