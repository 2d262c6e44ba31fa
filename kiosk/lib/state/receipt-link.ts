/** Where the shopper's phone finds a receipt: under the name that the store gives its pages, or where this page came from. */
import { isBareAddress } from '#shared/handoff/encode-handoff.ts'
import { receiptUrl, type ReceiptCode } from '#shared/feedback/receipt-code.ts'
import { signUrl, type SignName } from '#shared/feedback/sign-code.ts'

export const receiptLink = (code: ReceiptCode, checkoutDomain: string, { host, protocol }: { readonly host: string; readonly protocol: string }): string =>
  checkoutDomain === '' ? receiptUrl(host, code, protocol) : receiptUrl(checkoutDomain, code, isBareAddress(checkoutDomain) ? 'http:' : 'https:')

/** Where a phone that scans a sign is led to. */
export const signLink = (sign: SignName, checkoutDomain: string, { host, protocol }: { readonly host: string; readonly protocol: string }): string =>
  checkoutDomain === '' ? signUrl(protocol, host, sign) : signUrl(isBareAddress(checkoutDomain) ? 'http:' : 'https:', checkoutDomain, sign)
