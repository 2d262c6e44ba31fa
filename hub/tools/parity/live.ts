/** Baskets made around the offers of a running shop, priced by the shop and by us, without a store: what a probe of the hub does, on the shell. */
import { parseArgs } from 'node:util'
import { readShopAccess, SHOP_OPTIONS } from '#hub/config-shop.ts'
import { connectAsking } from '#hub/connect-shop.ts'
import { tellTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { isAble, type WebShop } from '#hub/ports/web-shop/web-shop.ts'
import { fetchDoor } from '#hub/transport/outgoing/fetch-door.ts'
import { candidatesOf, freshNumbers } from '#hub/use-cases/shops/draft-shop.ts'
import { probeBaskets, seededBelow } from '#hub/use-cases/parity/probe-baskets.ts'
import { parityCase } from '#hub/use-cases/parity/parity-vector.ts'
import { askShop, judgeProbe, type Candidate, type Probe, type ProbeDifference } from '#hub/use-cases/parity/probe-shop.ts'
import type { Json } from '#shared/kernel/json.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { millis } from '#shared/kernel/time.ts'
import { KEEP_HELP, keepCases } from './keep-cases.ts'

export const LIVE_HELP = `  npm run parity -- --shop NAME --url URL [--baskets N] [--seed S] [--keep] [--shop-option N=V]

  --url URL         address of the interface of a running shop; SHOP_USER and SHOP_PASSWORD, or SHOP_KEY, from the environment
  --baskets N       baskets made around its offers (default 100); it is asked for each, its shoppers see nothing of that
  --seed S          the same number makes the same baskets (default 1)
${KEEP_HELP}`

type Asked = { readonly shop: WebShop; readonly baskets: number; readonly seed: number; readonly keep: boolean }

/** The exit code, or a sentence on what is wrong with the arguments. */
export const parityLive = async (args: readonly string[]): Promise<number | string> => {
  const asked = await readArguments(args)
  if (!asked.ok) return asked.error
  const { shop, baskets, seed, keep } = asked.value
  const probe = await probeLive(shop, baskets, seed)
  if (typeof probe === 'string') {
    console.error(`parity: ${probe}`)
    return 1
  }
  tell(shop.name, probe)
  if (keep) keepCases(shop.name, casesOf(shop.name, probe))
  const { total, equal, left, refused, differences } = probe
  console.log(JSON.stringify({ total, equal, different: differences.length, notComputable: left, unstable: refused }))
  return differences.length > 0 ? 1 : 0
}

const readArguments = async (args: readonly string[]): Promise<Result<Asked, string>> => {
  try {
    const { values } = parseArgs({ args: [...args], options: { ...SHOP_OPTIONS, url: { type: 'string' }, baskets: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' }, keep: { type: 'boolean', default: false } } })
    const errors: string[] = []
    const access = readShopAccess({ shop: values.shop, 'shop-url': values.url ?? values['shop-url'], 'shop-option': values['shop-option'] }, process.env, errors)
    if (!/^[1-9]\d{0,5}$/.test(values.baskets)) errors.push(`--baskets: "${values.baskets}" is no number of baskets`)
    if (!/^\d{1,9}$/.test(values.seed)) errors.push(`--seed: "${values.seed}" is no whole number`)
    if (errors.length > 0 || !access) return err(errors.join('; ') || '--url needs --shop')
    const shop = await connectAsking(access, fetchDoor())
    return shop.ok ? ok({ shop: shop.value, baskets: Number(values.baskets), seed: Number(values.seed), keep: values.keep }) : shop
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error))
  }
}

/** A sentence where nothing could be compared. */
const probeLive = async ({ read, quote }: WebShop, baskets: number, seed: number): Promise<LiveProbe | string> => {
  if (!isAble(read)) return read.unable
  if (!isAble(quote)) return quote.unable
  const snapshot = await read()
  if (!snapshot.ok) return tellTrouble(snapshot.error)
  const now = millis(Date.now())
  const candidates = candidatesOf(snapshot.value, {}, { numberOf: freshNumbers(), at: now })
  if (!candidates.ok) return candidates.error.why
  const [first] = candidates.value
  const { offers, unread } = { unread: [], ...first.assortment }
  console.log(`${first.assortment.products.length} articles, ${offers.length} offers exact, ${unread.length} left to the checkout`)
  for (const { offerId, why } of snapshot.value.translated.notComputable) console.log(`  not computable  ${offerId}: ${why}`)
  for (const { offerId, what } of snapshot.value.translated.warnings) console.log(`  warning         ${offerId}: ${what}`)
  const asked = await askShop(probeBaskets(first.assortment, baskets, seededBelow(seed)), first, quote)
  if (asked.trouble) {
    if (asked.asked.length === 0) return tellTrouble(asked.trouble)
    console.log(`only ${asked.asked.length} baskets: ${tellTrouble(asked.trouble)}`)
  }
  const probe = judgeProbe(asked, candidates.value, millis(Date.now()))
  return { ...probe, fits: candidates.value.find(({ name }) => name === probe.dialect) ?? first }
}

type LiveProbe = Probe & { readonly fits: Candidate }

const casesOf = (shop: string, { differences, fits: { name, assortment, keys } }: LiveProbe): readonly Json[] =>
  differences.map(({ basket, suspects, shop: answer }) => parityCase({ basket, assortment, now: millis(Date.now()) }, answer, { shop, dialect: name, keys, suspects: suspects.map((promotion) => keys.offers.get(promotion) ?? promotion) }))

const tell = (shop: string, { dialect, total, equal, left, refused, differences }: Probe): void => {
  console.log(`${shop}, priced as ${dialect}: ${equal} of ${total} equal to the cent, ${left} with an offer that is left to the checkout, ${refused} not taken by the shop`)
  for (const one of differences) console.log(difference(one))
}

/** Both sides, step by step as far as each tells. */
const difference = ({ basket, figures, trace, shop }: ProbeDifference): string =>
  [
    `  DIFFERENT  ${basket.lines.map(({ sku, quantity }) => `${quantity}×${sku}`).join(' ')} ${basket.codes.join(' ')} ${basket.delivery}`,
    ...figures.map(({ what, shop: theirs, ours }) => `    ${what}: shop ${theirs}, ours ${ours}`),
    ...trace.map(({ stage, rule, offerId, lineId, shippingId, amountMinor }) => `      ours   ${stage.padEnd(8)} ${rule}${offerId === undefined ? '' : ` of ${offerId}`}${lineId ?? shippingId ? ` at ${lineId ?? shippingId}` : ''}: ${amountMinor}`),
    ...shop.lines.map(({ key, quantity, beforeMinor, totalMinor }) => `      theirs line ${key}: ${quantity} pieces, ${beforeMinor} before, ${totalMinor} after`),
    ...shop.discounts.map(({ promotion, minor }) => `      theirs promotion ${promotion ?? '?'}: ${minor}`),
    `      theirs delivery ${shop.deliveryMinor}, tax ${shop.taxMinor ?? 'not told'}, total ${shop.totalMinor}`,
  ].join('\n')
