/** A cart of the Store interface, with the amounts of the record that has the same lines and codes. */
import type { Answer, World } from './world.ts'

export type CartState = { readonly lines: readonly { readonly id: number; readonly quantity: number }[]; /** That were let in. */ readonly codes: readonly string[]; readonly rate: string | null; readonly address: string | null }

/** What a delivery costs in every record that has one. */
const RATE = { price: 490, taxes: 93 } as const
const money = (minor: number): string => String(minor)
const CURRENCY = { currency_code: 'EUR', currency_symbol: '€', currency_minor_unit: 2, currency_decimal_separator: ',', currency_thousand_separator: '.', currency_prefix: '', currency_suffix: ' €' }

const keyOf = (lines: CartState['lines'], codes: readonly string[]): string => JSON.stringify([lines.map(({ id, quantity }) => [id, quantity]), codes.map((code) => code.toLowerCase())])
/** A code that was entered twice was refused the second time. */
const letIn = ({ noted, codes, codeOf }: Answer): readonly string[] => {
  const refused = new Set(noted.result.refused.map(({ code }) => codeOf(code)))
  return [...new Set(codes)].filter((code) => !refused.has(code) || codes.indexOf(code) !== codes.lastIndexOf(code))
}

/** Whether there is a record that this cart is, or may become with further codes. */
export const isRecorded = ({ lines, codes }: CartState, { answers }: World): boolean =>
  answers.some((one) => keyOf(one.lines, []) === keyOf(lines, []) && codes.every((code, i) => letIn(one)[i]?.toLowerCase() === code.toLowerCase()))

export const answerTo = ({ lines, codes, rate }: CartState, { answers }: World): Answer | undefined => {
  const found = answers.filter((one) => keyOf(one.lines, letIn(one)) === keyOf(lines, codes))
  return found.find(({ noted }) => (rate !== null) === (noted.shipping !== undefined)) ?? found[0]
}

/** Like the shop, it chooses a delivery by itself as soon as it knows the country. */
export const cartRecord = (state: CartState, world: World, coupons: ReadonlyMap<string, object>): object => {
  const answer = answerTo(state, world)
  const result = answer?.noted.result
  const rates = state.lines.length === 0 ? [] : (result?.rates ?? [{ method: 'flat_rate', ...RATE }])
  const idOf = (method: string): string => (method === 'flat_rate' ? 'flat_rate:1' : 'free_shipping:2')
  const chosen = rates.find(({ method }) => idOf(method) === (state.rate ?? 'flat_rate:1')) ?? rates[0]
  const [net, tax] = !chosen ? [0, 0] : result?.shipping && state.rate !== null ? result.shipping : [chosen.price, chosen.taxes]
  const [recordedNet, recordedTax] = result?.shipping ?? [0, 0]
  return {
    items: state.lines.map(({ id, quantity }, i) => {
      const [, , netBefore, taxBefore, netLine, taxLine] = result?.lines[i] ?? ['', 0, 0, 0, 0, 0]
      return { key: `k${id}`, id, quantity, name: `Artikel ${id}`, totals: { ...CURRENCY, line_subtotal: money(netBefore), line_subtotal_tax: money(taxBefore), line_total: money(netLine), line_total_tax: money(taxLine) } }
    }),
    coupons: (result?.coupons ?? []).map(([code, discount, discountTax]) => ({ code: answer!.codeOf(code).toLowerCase(), discount_type: (coupons.get(answer!.codeOf(code).toLowerCase()) as { discount_type?: string } | undefined)?.discount_type ?? '', totals: { ...CURRENCY, total_discount: money(discount), total_discount_tax: money(discountTax) } })),
    fees: [],
    shipping_rates: rates.length === 0 ? [] : [{ package_id: 0, name: 'Versand', shipping_rates: rates.map(({ method, price, taxes }) => Object.assign({}, CURRENCY, { rate_id: idOf(method), name: method, method_id: method, instance_id: 1, price: money(price), taxes: money(taxes), selected: method === chosen?.method })) }],
    needs_shipping: true,
    totals: { ...CURRENCY, total_shipping: money(net), total_shipping_tax: money(tax), total_price: money((result?.total ?? 0) - recordedNet - recordedTax + net + tax), total_tax: money((result?.tax ?? 0) - recordedTax + tax), tax_lines: [] },
  }
}
