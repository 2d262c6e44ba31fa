/** From the configuration to a web shop: every kind that can be connected, by its name. */
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { ShopAccess } from './config-shop.ts'
import type { HttpDoor } from './ports/http-door.ts'
import type { WebShop } from './ports/web-shop/web-shop.ts'
import { feedShop } from './shops/feed/feed-shop.ts'
import { medusaShop } from './shops/medusa/medusa-shop.ts'
import { FIELD_NAME } from './shops/vendure/vendure-orders.ts'
import { vendureShop } from './shops/vendure/vendure-shop.ts'
import { wooShop } from './shops/woocommerce/woocommerce-shop.ts'
import { fileDoor } from './transport/outgoing/file-door.ts'

type Connect = (access: ShopAccess, door: HttpDoor) => Result<WebShop, string>

/** What the options of one kind may be called; a sentence instead, where something is missing. */
type Kind = { readonly options: readonly string[]; readonly connect: Connect }

const vendure: Connect = ({ url, secret, options }, door) => {
  if (!secret) return err('SHOP_USER and SHOP_PASSWORD of an administrator, or SHOP_KEY (an API key), are missing')
  const orderField = options['order-field'] ?? null
  if (orderField !== null && !FIELD_NAME.test(orderField)) return err(`--shop-option order-field: "${orderField}" is no name of a field`)
  return ok(vendureShop({ url, secret: 'key' in secret ? { apiKey: secret.key } : secret, channel: options['channel'] ?? null, storefront: options['storefront'] ?? null, orderField }, door))
}

const medusa: Connect = ({ url, secret, options }, door) => {
  if (!secret) return err('SHOP_KEY (a secret API key), or SHOP_USER and SHOP_PASSWORD of an administrator, are missing')
  const access = { url, secret: 'key' in secret ? { apiKey: secret.key } : secret }
  const storefront = options['storefront'] ?? null
  if (storefront !== null && !URL.canParse(storefront)) return err(`--shop-option storefront: "${storefront}" is no address`)
  return ok(medusaShop({ ...access, region: options['region'] ?? null, country: options['country'] ?? null, publishableKey: options['publishable-key'] ?? null, storefront }, door))
}

const feed: Connect = ({ url, secret, options }, door) => {
  if (secret && !('key' in secret)) return err('a feed knows no user and password: SHOP_KEY is sent along with the question, or nothing')
  return ok(feedShop({ url, key: secret?.key ?? null, checkout: options['checkout'] ?? null }, fileDoor(door)))
}

const woocommerce: Connect = ({ url, secret, webhookSecret, options }, door) => {
  if (!secret || 'key' in secret) return err('SHOP_USER (a consumer key) and SHOP_PASSWORD (its consumer secret) are missing')
  const checkoutPage = options['checkout-page'] ?? null
  if (checkoutPage !== null && !URL.canParse(checkoutPage)) return err(`--shop-option checkout-page: "${checkoutPage}" is no address`)
  return ok(wooShop({ url, consumerKey: secret.user, consumerSecret: secret.password, webhookSecret: webhookSecret ?? null, checkoutPage }, door))
}

export const CONNECTORS: { readonly [name: string]: Kind } = {
  feed: { options: ['checkout'], connect: feed },
  medusa: { options: ['region', 'country', 'publishable-key', 'storefront'], connect: medusa },
  vendure: { options: ['channel', 'storefront', 'order-field'], connect: vendure },
  woocommerce: { options: ['checkout-page'], connect: woocommerce },
}

/** Errors  one sentence for whoever starts the hub. */
export const connectShop: Connect = (access, door) => {
  const kind = Object.hasOwn(CONNECTORS, access.name) ? CONNECTORS[access.name]! : null
  if (!kind) return err(`--shop: there is no web shop "${access.name}"; there are ${Object.keys(CONNECTORS).join(', ')}`)
  const odd = Object.keys(access.options).find((name) => !kind.options.includes(name))
  return odd === undefined ? kind.connect(access, door) : err(`--shop-option: ${access.name} knows no "${odd}", only ${kind.options.join(', ')}`)
}
