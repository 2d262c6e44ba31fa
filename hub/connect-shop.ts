/** From the configuration to a web shop: every kind that can be connected, by its name. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { ShopAccess } from './config-shop.ts'
import type { HttpDoor } from './ports/http-door.ts'
import { tellTrouble } from './ports/web-shop/shop-trouble.ts'
import type { WebShop } from './ports/web-shop/web-shop.ts'
import { feedShop } from './shops/feed/feed-shop.ts'
import { medusaShop } from './shops/medusa/medusa-shop.ts'
import { saleorShop } from './shops/saleor/saleor-shop.ts'
import { readOptions, SHOPIFY_OPTIONS } from './shops/shopify/shopify-options.ts'
import { shopifyShop } from './shops/shopify/shopify-shop.ts'
import { shopwareShop } from './shops/shopware/shopware-shop.ts'
import { readOptions as readUcpOptions, UCP_OPTIONS } from './shops/ucp/ucp-options.ts'
import { discover } from './shops/ucp/ucp-profile.ts'
import { ucpShop, unknownUcpShop } from './shops/ucp/ucp-shop.ts'
import { FIELD_NAME } from './shops/vendure/vendure-orders.ts'
import { vendureShop } from './shops/vendure/vendure-shop.ts'
import { wooShop } from './shops/woocommerce/woocommerce-shop.ts'
import { fileDoor } from './transport/outgoing/file-door.ts'

type Connect = (access: ShopAccess, door: HttpDoor) => Result<WebShop, string>

/** What the options of one kind may be called; a sentence instead, where something is missing. */
type Kind = {
  readonly options: readonly string[]
  readonly connect: Connect
  /** For a shop that tells by itself what it serves; called once `connect` found nothing wrong. */
  readonly ask?: (access: ShopAccess, door: HttpDoor) => Promise<Result<WebShop, string>>
}

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

const saleor: Connect = ({ url, secret, webhookSecret, options }, door) => {
  if (!secret || !('key' in secret)) return err('SHOP_KEY (the token of an app) is missing')
  const storefront = options['storefront'] ?? null
  if (storefront !== null && !URL.canParse(storefront)) return err(`--shop-option storefront: "${storefront}" is no address`)
  return ok(saleorShop({ url, token: secret.key, channel: options['channel'] ?? null, storefront, webhookSecret: webhookSecret ?? null }, door))
}

const shopify: Connect = ({ url, secret, webhookSecret, options }, door) => {
  if (!secret || !('key' in secret)) return err('SHOP_KEY (an access token of the Admin API) is missing')
  const read = readOptions(options)
  return read.ok ? ok(shopifyShop({ ...read.value, url, adminToken: secret.key, webhookSecret: webhookSecret ?? null, wait: (ms) => sleep(ms) }, door)) : read
}

const shopware: Connect = ({ url, secret, webhookSecret, options }, door) => {
  if (!secret || 'key' in secret) return err('SHOP_USER and SHOP_PASSWORD, the access key and secret of an integration, are missing')
  const storefront = options['storefront'] ?? null
  if (storefront !== null && !URL.canParse(storefront)) return err(`--shop-option storefront: "${storefront}" is no address`)
  return ok(shopwareShop({ url, clientId: secret.user, clientSecret: secret.password, salesChannel: options['sales-channel'] ?? null, storefront, webhookSecret: webhookSecret ?? null }, door))
}

const ucp: Connect = ({ secret, options }) => {
  if (secret && !('key' in secret)) return err('the protocol knows no user and password: SHOP_KEY is sent along with the question, or nothing')
  const read = readUcpOptions(options)
  return read.ok ? ok(unknownUcpShop('it was not asked yet')) : read
}

/** The hub begins without a shop that takes longer. */
const PATIENCE_MS = 5000

const askUcp: NonNullable<Kind['ask']> = async ({ url, secret, options }, door) => {
  const read = readUcpOptions(options)
  if (!read.ok) return read
  const found = await Promise.race([discover(url, door), sleep(PATIENCE_MS, null, { ref: false })])
  if (!found?.ok) return ok(unknownUcpShop(found ? tellTrouble(found.error) : `no answer within ${PATIENCE_MS / 1000} s`))
  const apiKey = secret && 'key' in secret ? secret.key : null
  return ok(ucpShop({ ...read.value, url, apiKey, newKey: () => randomUUID(), now: () => Date.now() }, found.value, door))
}

export const CONNECTORS: { readonly [name: string]: Kind } = {
  feed: { options: ['checkout'], connect: feed },
  medusa: { options: ['region', 'country', 'publishable-key', 'storefront'], connect: medusa },
  saleor: { options: ['channel', 'storefront'], connect: saleor },
  shopify: { options: SHOPIFY_OPTIONS, connect: shopify },
  shopware: { options: ['sales-channel', 'storefront'], connect: shopware },
  ucp: { options: UCP_OPTIONS, connect: ucp, ask: askUcp },
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

/** The same, and what the shop tells of itself where its kind does. Errors  none for a shop that does not answer: it can do nothing until the hub begins anew. */
export const connectAsking = async (access: ShopAccess, door: HttpDoor): Promise<Result<WebShop, string>> => {
  const connected = connectShop(access, door)
  const ask = CONNECTORS[access.name]?.ask
  return connected.ok && ask ? ask(access, door) : connected
}
