/** Which web shop the hub is connected to, from flags and environment. Secrets come from the environment alone and are never written anywhere. */
import { isIP } from 'node:net'

export type ShopAccess = {
  /** Kind of shop, a name of `CONNECTORS`. */
  readonly name: string
  readonly url: string
  readonly secret: { readonly user: string; readonly password: string } | { readonly key: string } | null
  /** By which its own calls are known, see `checkWebhook`. */
  readonly webhookSecret?: string
  /** What one kind of shop needs beyond that; each connector knows its own. */
  readonly options: { readonly [name: string]: string }
}

export const SHOP_HELP = `  --shop NAME           the web shop of this store, see hub/shops; without it the built-in one
  --shop-url URL        address of its interface, e.g. https://shop.example/admin-api
  --shop-option N=V     what this kind of shop needs beside, see hub/shops/NAME/GUIDE.md
`

export const SHOP_ENVIRONMENT = `             SHOP_USER and SHOP_PASSWORD, or SHOP_KEY (of the web shop), SHOP_WEBHOOK_SECRET (of the calls that it makes)
`

export const SHOP_OPTIONS = { shop: { type: 'string' }, 'shop-url': { type: 'string' }, 'shop-option': { type: 'string', multiple: true } } as const

type Flags = { readonly shop?: string | undefined; readonly 'shop-url'?: string | undefined; readonly 'shop-option'?: readonly string[] | undefined }
type Env = { readonly [name: string]: string | undefined }

/** Undefined where no shop is named. */
export const readShopAccess = (flags: Flags, env: Env, errors: string[]): ShopAccess | undefined => {
  const { shop: name, 'shop-url': url = '', 'shop-option': given = [] } = flags
  if (name === undefined) {
    if (url !== '' || given.length > 0) errors.push('--shop-url and --shop-option need --shop')
    return undefined
  }
  if (!isAddress(url)) errors.push(`--shop-url: "${url}" is not an address such as https://shop.example/admin-api`)
  else if (isOpenHttp(url) && env['ALLOW_INSECURE'] !== '1') errors.push(`--shop-url ${url}: over plain http the shop's secret can be read along; use https, or ALLOW_INSECURE=1`)
  const options = given.map((text) => /^([a-z][a-z-]{0,30})=(.+)$/s.exec(text))
  given.forEach((text, i) => options[i] ?? errors.push(`--shop-option: "${text}" is not of the form name=value`))
  const webhookSecret = env['SHOP_WEBHOOK_SECRET']
  return { name, url, secret: readSecret(env, errors), ...(webhookSecret && { webhookSecret }), options: Object.fromEntries(options.flatMap((one) => (one ? [[one[1]!, one[2]!]] : []))) }
}

/** A file of this machine is one too: some shops hand out nothing else. */
const isAddress = (text: string): boolean => URL.canParse(text) && /^(https?|file):$/.test(new URL(text).protocol) && new URL(text).username === ''

const isOpenHttp = (text: string): boolean => {
  const { protocol, hostname } = new URL(text)
  return protocol === 'http:' && hostname !== 'localhost' && hostname !== '[::1]' && !(isIP(hostname) === 4 && hostname.startsWith('127.'))
}

const readSecret = (env: Env, errors: string[]): ShopAccess['secret'] => {
  const { SHOP_USER: user, SHOP_PASSWORD: password, SHOP_KEY: key } = env
  if (key) return { key }
  if (user && password) return { user, password }
  if (user || password) errors.push('SHOP_USER and SHOP_PASSWORD must be given together')
  return null
}
