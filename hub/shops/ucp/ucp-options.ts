/** What whoever starts the hub tells of the shop, read; a sentence where it cannot be. */
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { UcpConfig } from './ucp-shop.ts'

export const UCP_OPTIONS = ['agent', 'country', 'tax', 'called-at'] as const

export type UcpOptions = Pick<UcpConfig, 'agent' | 'country' | 'tax' | 'calledAt'>

export const readOptions = (options: { readonly [name: string]: string }): Result<UcpOptions, string> => {
  const { agent, tax, 'called-at': calledAt = null } = options
  if (agent === undefined || !isSecure(agent) || /["\\]/.test(agent)) return err('--shop-option agent=https://…: the address of your own profile, which the shop reads with every question, is missing')
  const country = (options['country'] ?? 'DE').toUpperCase()
  if (!/^[A-Z]{2}$/.test(country)) return err(`--shop-option country: "${country}" is no country of two letters`)
  if (tax !== undefined && !/^\d{1,2}(\.\d{1,2})?$/.test(tax)) return err(`--shop-option tax: "${tax}" is no rate of tax such as 19`)
  if (calledAt !== null && !isSecure(calledAt)) return err(`--shop-option called-at: "${calledAt}" is no address such as https://store.example/shop/webhook`)
  return ok({ agent, country, tax: tax === undefined ? null : Number(tax), calledAt })
}

const isSecure = (text: string): boolean => URL.canParse(text) && new URL(text).protocol === 'https:'
