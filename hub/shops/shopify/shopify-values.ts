/** What a discount takes off, as the shop writes it: a share from 0 to 1, or an amount in the shop's currency. */
import { minorOf } from '#hub/ports/web-shop/decimal.ts'
import type { ShopifyMoney } from './shopify-queries.ts'

type Why = { readonly why: string }
type Written = { readonly percentage?: number | undefined; readonly amount?: ShopifyMoney | undefined }

/** 0.15 is 15 percent: the point is moved in the text, so that no binary fraction comes in. */
export const percentIn = ({ percentage }: Written): { readonly percent: string } | Why => {
  const read = /^([01])(?:\.(\d{1,8}))?$/.exec(String(percentage ?? ''))
  if (!read || percentage! > 1) return { why: `"${percentage ?? ''}" is no percentage` }
  const digits = `${read[1]}${(read[2] ?? '').padEnd(2, '0')}`
  const fraction = digits.slice(3).replace(/0+$/, '')
  return { percent: `${Number(digits.slice(0, 3))}${fraction === '' ? '' : `.${fraction}`}` }
}

export const amountIn = ({ amount }: Written, { currency }: { readonly currency: string }): { readonly amountMinor: number } | Why => {
  if (!amount) return { why: 'its value is of a kind that is not known here' }
  if (amount.currencyCode !== currency) return { why: `its amount is in ${amount.currencyCode.slice(0, 3)}` }
  const minor = minorOf(amount.amount)
  return minor === null || minor < 0 ? { why: `"${amount.amount.slice(0, 40)}" is no amount` } : { amountMinor: minor }
}
