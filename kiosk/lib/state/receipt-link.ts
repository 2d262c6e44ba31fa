/** Where the shopper's phone finds a receipt: under the name that the store gives its pages, or where this page came from. */
import { isBareAddress } from '#shared/handoff/encode-handoff.ts'
import { receiptUrl, type ReceiptCode } from '#shared/feedback/receipt-code.ts'

export const receiptLink = (code: ReceiptCode, checkoutDomain: string, { host, protocol }: { readonly host: string; readonly protocol: string }): string =>
  checkoutDomain === '' ? receiptUrl(host, code, protocol) : receiptUrl(checkoutDomain, code, isBareAddress(checkoutDomain) ? 'http:' : 'https:')
