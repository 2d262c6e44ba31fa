/** Figures of real tables as our public commands give them, in the shape in which somebody else wrote theirs down. */
import { runImport } from '#hub/tools/import.ts'
import { runInsights } from '#hub/tools/insights.ts'
import { wholeFigureJson } from '#hub/tools/insights/figure-json.ts'
import { figureOf } from '#shared/insights/figure.ts'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

// What the commands print is read as loosely as a person would.
type Loose = any // oxlint-disable-line typescript/no-explicit-any

export type Desk = { readonly folder: string }

const run = (tool: typeof runImport, args: readonly string[]): Loose => {
  const [out, complaints]: [string[], string[]] = [[], []]
  const code = tool(args, (line) => out.push(line), (line) => complaints.push(line))
  if (code !== 0) throw new Error(complaints.join('\n'))
  return out
}

const importTable = ({ folder }: Desk, file: string, map: object): Loose => {
  const written = join(folder, 'map.json')
  writeFileSync(written, JSON.stringify(map))
  return JSON.parse(run(runImport, ['feedback', file, '--map', written, '--data', folder]).at(-1))
}
const insights = ({ folder }: Desk, ...args: readonly string[]): Loose => JSON.parse(run(runInsights, [...args, '--data', folder]).join('\n'))

const byKey = <T>(list: readonly Loose[], of: (one: Loose) => T): Record<string, T> => Object.fromEntries(list.map((one) => [one.key ?? one.question ?? one.option, of(one)]))
const countsOf = (answers: Loose): Record<string, number> => byKey(answers.options, ({ n }) => n)
const missing = (answers: Loose): number => answers.responses - answers.answered

export const clothing = (desk: Desk, file: string, truth: Loose): Loose => {
  const choice = (column: string) => ({ column, kind: 'choice' })
  const { rows } = importTable(desk, file, {
    survey: 'reviews',
    touchpoint: { column: 'department' },
    language: 'en',
    questions: [{ column: 'rating', kind: 'csat5' }, { column: 'recommended', kind: 'nps', detail: true }, choice('class'), choice('age'), choice('product_id'), { column: 'title', kind: 'text' }, { column: 'text', kind: 'text' }],
  })
  const { csat } = insights(desk, '--question', 'rating')
  const { nps: recommended } = insights(desk, '--question', 'recommended')
  const age = insights(desk, 'answers', '--question', 'age').amounts
  const group = (question: string, by: string, ...bands: readonly string[]): Loose => insights(desk, 'groups', '--question', question, '--by', by, ...bands).groups
  const [departments, advised] = [group('rating', 'touchpoint'), byKey(group('recommended', 'touchpoint'), ({ mean }) => 100 * mean)]
  const products = group('rating', 'product_id')
  const keywords: readonly (readonly [string, Loose])[] = Object.entries(truth.keyword_in_title_or_text)
  const { words } = insights(desk, 'words', '--question', 'rating', ...keywords.flatMap(([, { regex }]) => ['--pattern', regex]))
  const { 1: one, 2: two, 3: three, 5: five } = csat.counts
  return {
    rows,
    empty_title: missing(insights(desk, 'answers', '--question', 'title')),
    empty_text: missing(insights(desk, 'answers', '--question', 'text')),
    empty_department: departments.find(({ key }: Loose) => key === 'unknown')?.n ?? 0,
    distinct_products: insights(desk, 'answers', '--question', 'product_id').distinct,
    age_min_mean_max: [Number(age.least), Number(age.mean), Number(age.most)],
    rating_counts: csat.counts,
    rating_mean: csat.mean,
    rating_sd_sample: csat.sd,
    rating_median: csat.median,
    csat_top2_percent: csat.score,
    stars_promoter_score_5_minus_1to3: (100 * (five - one - two - three)) / csat.n,
    recommended_percent: 100 * recommended.mean,
    pearson_rating_recommended: insights(desk, 'drivers', '--question', 'rating', '--of', 'recommended').drivers[0].r,
    by_department: Object.fromEntries(departments.map(({ key, n, mean, score }: Loose) => [key, { n, mean, top2_percent: score, recommended_percent: advised[key] }])),
    by_class_worst3_n_ge_50: group('rating', 'class').filter(({ n }: Loose) => n >= 50).sort((a: Loose, b: Loose) => a.mean - b.mean).slice(0, 3).map(({ key, n, mean }: Loose) => [key, n, mean]),
    by_age_band: byKey(group('rating', 'age', '--bands', '18,30,40,50,60').map(({ key, n, mean }: Loose) => ({ key: key.replace('60+', '60-120'), n, mean })), ({ n, mean }) => ({ n, mean })),
    keyword_in_title_or_text: Object.fromEntries(keywords.map(([name, { regex }], i) => [name, { regex, reviews: words[i].with.n, mean_rating_with: words[i].with.mean, mean_rating_without: words[i].without.mean }])),
    top5_products_by_reviews: products.slice(0, 5).map(({ key, n, mean }: Loose) => [key, n, mean]),
  }
}

const driverFigures = ({ n, rSquared, outcomeMean, drivers }: Loose, order: readonly string[]): Loose => {
  const column = (of: (driver: Loose) => number): Loose => Object.fromEntries(order.map((question) => [question, of(drivers.find((driver: Loose) => driver.question === question))]))
  const rank = (of: (driver: Loose) => number): readonly string[] => drivers.toSorted((a: Loose, b: Loose) => of(b) - of(a)).map(({ question }: Loose) => question)
  return {
    n,
    R2: rSquared,
    mean: column(({ mean }) => mean),
    pearson_r: column(({ r }) => r),
    spearman_rho: column(({ rho }) => rho),
    std_beta: column(({ beta }) => beta),
    lmg_shapley_share_of_R2: column(({ lmg }) => lmg),
    johnson_relative_weight_share: column(({ weight }) => weight),
    rank_by_pearson: rank(({ r }) => r),
    rank_by_lmg: rank(({ lmg }) => lmg),
    mean_y: outcomeMean,
  }
}
const npsFigures = ({ n, promoters, passives, detractors, score, standardError, mean }: Loose): Loose => ({ n, promoters, passives, detractors, nps: score, se: standardError, mean })

export const supermarket = (desk: Desk, file: string): Loose => {
  const ratings = ['q_product_quality', 'q_product_availability', 'q_price_fairness', 'q_staff_friendliness', 'q_store_cleanliness', 'q_checkout_speed', 'q_parking']
  const { rows } = importTable(desk, file, {
    survey: 'supermarket',
    touchpoint: { column: 'supermarket' },
    at: { column: 'submitted_at', timeZone: 'UTC' },
    language: 'en',
    questions: [
      { column: 'overall_satisfaction', question: 'overall', kind: 'csat5' },
      { column: 'nps_0_10', question: 'nps', kind: 'nps' },
      ...ratings.map((column) => ({ column, kind: 'csat5', detail: true })),
      ...['had_issue', 'loyalty_card'].map((column) => ({ column, kind: 'choice' })),
      ...['improvement_text', 'comment_text'].map((column) => ({ column, kind: 'text' })),
    ],
  })
  const { csat } = insights(desk, '--question', 'overall')
  const { nps } = insights(desk, '--question', 'nps')
  const group = (question: string, by: string): Loose => insights(desk, 'groups', '--question', question, '--by', by).groups
  const answers = (question: string): Loose => insights(desk, 'answers', '--question', question)
  const issue = byKey(group('overall', 'had_issue'), (one) => one)
  const places = byKey(group('nps', 'touchpoint'), ({ score }) => score)
  return {
    rows,
    first: answers('overall').first.slice(0, 19),
    last: answers('overall').last.slice(0, 19),
    overall_mean: csat.mean,
    overall_counts: csat.counts,
    csat_top2_percent: csat.score,
    nps: npsFigures(nps),
    nps_missing: missing(answers('nps')),
    had_issue_yes: issue['Yes'].n,
    mean_overall_if_issue: issue['Yes'].mean,
    mean_overall_no_issue: issue['No'].mean,
    loyalty_card_yes: countsOf(answers('loyalty_card'))['Yes'],
    by_supermarket_n_ge_5: Object.fromEntries(group('overall', 'touchpoint').filter(({ n }: Loose) => n >= 5).map(({ key, n, mean }: Loose) => [key, { n, overall_mean: mean, nps: places[key] }])),
    drivers_on_overall: driverFigures(insights(desk, 'drivers', '--question', 'overall', '--of', ratings.join()), ratings),
    drivers_on_nps: driverFigures(insights(desk, 'drivers', '--question', 'nps', '--of', ratings.join()), ratings),
    non_empty_improvement: answers('improvement_text').answered,
    non_empty_comment: answers('comment_text').answered,
  }
}

/** One to ten is what it is; read as if it were nought to ten it has a score too. */
export const drivers = (desk: Desk, file: string, truth: Loose): Loose => {
  const ratings = Object.keys(truth.drivers.mean)
  const { rows } = importTable(desk, file, {
    survey: 'drivers',
    touchpoint: 'all',
    questions: [{ column: 'q1_overall_satisfaction', question: 'overall', kind: 'scale10' }, ...ratings.map((column) => ({ column, kind: 'scale10', detail: true }))],
  })
  const overall = insights(desk, 'answers', '--question', 'overall')
  const counts = countsOf(overall)
  const asNps = wholeFigureJson('nps', figureOf('nps', counts))
  return {
    rows,
    overall_mean: Number(overall.amounts.mean),
    overall_top2_9_10_percent: (100 * (counts['9']! + counts['10']!)) / overall.answered,
    nps_style_on_overall_1_10: npsFigures(asNps),
    drivers: driverFigures(insights(desk, 'drivers', '--question', 'overall'), ratings),
  }
}

export const pointOfSale = (desk: Desk, file: string): Loose => {
  const kinds = ['gro', 'cloth', 'ce']
  const [choices, amounts] = [['survey', ...kinds.map((kind) => `${kind}_purchase_channel`)], ['POS_expen', ...kinds.map((kind) => `${kind}_purchase_expen`)]]
  const { rows } = importTable(desk, file, { survey: 'pos', touchpoint: { column: 'POS' }, questions: [...choices.map((column) => ({ column, kind: 'choice' })), ...amounts.map((column) => ({ column, kind: 'amount' }))] })
  const answers = (question: string): Loose => insights(desk, 'answers', '--question', question)
  const shopped = (kind: string): Loose => {
    const channels = answers(`${kind}_purchase_channel`)
    const { amounts } = answers(`${kind}_purchase_expen`)
    return {
      answered: channels.answered,
      channel_counts: countsOf(channels),
      online_share_percent: byKey(channels.options, ({ percent }) => percent)['online'],
      expenditure_sum_eur: Number(amounts.sum),
      expenditure_mean_eur: Number(amounts.mean),
    }
  }
  return {
    rows,
    main: countsOf(answers('survey'))['main'],
    ...Object.fromEntries(kinds.map((kind) => [kind, shopped(kind)])),
    pos_expen_mean_by_place: Object.fromEntries(answers('POS_expen').byTouchpoint.map(({ touchpoint, amounts }: Loose) => [touchpoint, Number(amounts.mean)])),
  }
}

const basketFigures = (ours: Loose, least: number, leastBeside: number): Loose => ({
  baskets: ours.baskets,
  distinct_items: ours.items,
  lines_distinct: ours.lines,
  mean_size: ours.meanSize,
  max_size: ours.maxSize,
  size1_baskets: ours.singles,
  top10_items: ours.mostBought.map(({ item, n }: Loose) => [item, n]),
  pairs_total: ours.pairs.all,
  [`pairs_n_ge_${least}`]: ours.pairs.enough,
  [`top10_lift_n_ge_${least}`]: ours.byLift.map((pair: Loose) => ({ a: pair.a, b: pair.b, n_ab: pair.nAB, n_a: pair.nA, n_b: pair.nB, support: pair.support, conf_a_b: pair.confidence, conf_b_a: pair.confidenceBack, lift: pair.lift, cosine: pair.cosine, llr: pair.llr })),
  top10_count: ours.byCount.map(({ a, b, nAB }: Loose) => [a, b, nAB]),
  top10_llr: ours.byEvidence.map(({ a, b, llr }: Loose) => [a, b, llr]),
  also_bought: Object.fromEntries(ours.alsoBought.map((own: Loose) => [own.item, {
    n: own.n,
    by_count_confidence: own.confidence.slice(0, 5).map(({ item, nAB, confidence }: Loose) => [item, nAB, confidence]),
    [`by_lift_n_ge_${leastBeside}`]: own.lift.slice(0, 5).map(({ item, nAB, lift }: Loose) => [item, nAB, lift]),
    by_cosine: own.cosine.slice(0, 5).map(({ item, nAB, cosine }: Loose) => [item, nAB, cosine]),
    by_llr: own.llr.slice(0, 5).map(({ item, nAB, llr }: Loose) => [item, nAB, llr]),
  }])),
})

/** Imported, then asked of the book; whole table and what stands beside articles with different numbers of baskets. */
const baskets = (desk: Desk, [kind, file, map]: readonly [kind: string, file: string, map: object], anchors: readonly string[], [least, leastBeside]: readonly [number, number]): Loose => {
  const written = join(desk.folder, 'map.json')
  writeFileSync(written, JSON.stringify(map))
  run(runImport, [kind, file, '--map', written, '--data', desk.folder])
  const ask = (n: number): Loose => insights(desk, 'baskets', '--source', 'truth', '--least', String(n), '--anchors', anchors.join())
  const whole = ask(least)
  return { whole, figures: basketFigures({ ...whole, alsoBought: ask(leastBeside).alsoBought }, least, leastBeside) }
}

export const groceries = (desk: Desk, file: string, truth: Loose): Loose => baskets(desk, ['baskets', file, { basket: 'basket', item: 'item', name: 'truth' }], Object.keys(truth.also_bought), [30, 20]).figures

const INVOICES = {
  name: 'truth',
  basket: 'invoice',
  item: 'sku',
  title: 'description',
  quantity: 'quantity',
  price: 'unit_price_gbp',
  currency: 'GBP',
  at: { column: 'timestamp', timeZone: 'UTC' },
  customer: 'customer_id',
  country: 'country',
  cancelled: { column: 'invoice', begins: 'C' },
  goods: { column: 'sku', pattern: '^[0-9]{5}[A-Za-z]*$' },
}
const minute = (at: string): string => at.slice(0, 16).replace('T', ' ')

export const orders = (desk: Desk, file: string, truth: Loose): Loose => {
  const { whole, figures } = baskets(desk, ['orders', file, INVOICES], Object.keys(truth.basket_pairs_clean.also_bought), [15, 15])
  const { orders: all } = whole
  const { sold } = all
  return {
    rows: all.rows,
    invoices_all: all.orders,
    cancellation_invoices: all.cancelledOrders,
    cancellation_rows: all.cancelledRows,
    rows_quantity_negative: all.rowsQuantityNegative,
    rows_price_zero: all.rowsPriceZero,
    rows_without_customer: all.rowsWithoutCustomer,
    rows_empty_description: all.rowsWithoutName,
    non_product_codes: all.otherCodes,
    exact_duplicate_rows: all.exactDuplicates,
    customers: all.customers,
    countries: all.countries,
    first: minute(all.first),
    last: minute(all.last),
    sum_all_rows_gbp: Number(all.sumAll),
    sum_cancellations_gbp: Number(all.sumCancelled),
    clean_rows: sold.rows,
    clean_revenue_gbp: Number(sold.worth.sum),
    clean_invoices: sold.orders,
    avg_order_value_gbp: Number(sold.worth.mean),
    median_order_value_gbp: Number(sold.worth.median),
    customers_clean: sold.customers,
    repeat_customers: sold.repeatCustomers,
    top10_sku_by_revenue: sold.byRevenue.map(({ sku, name, revenue }: Loose) => [sku, name, Number(revenue)]),
    top5_sku_by_units: sold.byUnits.slice(0, 5).map(({ sku, name, units }: Loose) => [sku, name, units]),
    revenue_by_month: Object.fromEntries(Object.entries(sold.byMonth).map(([month, revenue]) => [month, Number(revenue)])),
    basket_pairs_clean: figures,
  }
}
