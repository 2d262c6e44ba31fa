/**
 * What a shop says of itself at /.well-known/ucp: the version of the protocol, where it is served, what can be asked, and the keys that its calls are signed with.
 * Source  Universal Commerce Protocol, versions 2026-08-25 and 2026-04-08.
 */
import * as v from 'valibot'
import type { HttpDoor } from '#hub/ports/http-door.ts'
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'

/** Newest first. Shapes are those of the first; the second differs in nothing that is used here. */
export const KNOWN_VERSIONS = ['2026-08-25', '2026-04-08'] as const

const keySchema = v.looseObject({ kid: v.string(), kty: v.string(), crv: v.optional(v.string()), x: v.optional(v.string()), y: v.optional(v.string()), use: v.optional(v.string()), key_ops: v.optional(v.array(v.string())) })
const entry = v.looseObject({ version: v.string(), schema: v.optional(v.string()), extends: v.optional(v.union([v.string(), v.array(v.string())])), config: v.optional(v.record(v.string(), v.unknown())) })
const profileSchema = v.object({
  ucp: v.object({
    version: v.string(),
    services: v.optional(v.record(v.string(), v.array(v.looseObject({ version: v.string(), transport: v.string(), endpoint: v.optional(v.string()) }))), {}),
    capabilities: v.optional(v.record(v.string(), v.array(entry)), {}),
    supported_versions: v.optional(v.record(v.string(), v.string()), {}),
  }),
  keys: v.optional(v.array(keySchema), []),
})
type Written = v.InferOutput<typeof profileSchema>
export type UcpKey = v.InferOutput<typeof keySchema>

export type UcpProfile = {
  readonly version: string
  /** Where it was read. */
  readonly address: string
  /** Root of the REST interface; null: it serves none. */
  readonly rest: string | null
  /** Names of what is served, extensions with what they extend. */
  readonly serves: { readonly catalogue: boolean; readonly cart: boolean; readonly checkout: boolean; readonly order: boolean; /** Takes codes and tells what came off. */ readonly discountsOn: readonly ('cart' | 'checkout')[] }
  /** Address that fills a cart; null: none. */
  readonly permalink: string | null
  readonly keys: readonly UcpKey[]
}

const SHOPPING = 'dev.ucp.shopping'

/** Asks the shop at its address. A shop that speaks a newer version is asked for its profile of one that is known here. */
export const discover = async (shop: string, door: HttpDoor): Promise<Result<UcpProfile, ShopTrouble>> => {
  const address = `${shop.replace(/\/+$/, '')}/.well-known/ucp`
  const first = await readProfile(address, door)
  if (!first.ok) return first
  const { version, supported_versions: others } = first.value.ucp
  if (isKnown(version)) return ok(profileOf(first.value, address))
  const older = KNOWN_VERSIONS.find((one) => Object.hasOwn(others, one))
  if (older === undefined || !sameOrigin(others[older]!, address)) return err({ type: 'Refused', why: `it speaks version ${version.slice(0, 20)} of the protocol; known here are ${KNOWN_VERSIONS.join(' and ')}` })
  const second = await readProfile(others[older]!, door)
  if (!second.ok) return second
  return second.value.ucp.version === older ? ok(profileOf(second.value, address)) : err({ type: 'Nonsense', why: `its profile of version ${older} is of version ${second.value.ucp.version.slice(0, 20)}` })
}

const isKnown = (version: string): boolean => (KNOWN_VERSIONS as readonly string[]).includes(version)

const sameOrigin = (a: string, b: string): boolean => URL.canParse(a) && new URL(a).origin === new URL(b).origin

const readProfile = async (address: string, door: HttpDoor): Promise<Result<Written, ShopTrouble>> => {
  const sent = await door.ask({ method: 'GET', url: address, headers: { accept: 'application/json' }, repeatable: true })
  if (!sent.ok) return err(sent.error.type === 'HttpRefusal' ? { type: 'Refused', why: `it has no profile of the protocol (it answered ${sent.error.status})` } : sent.error)
  if (sent.value.status !== 200) return err({ type: 'Nonsense', why: `it answered ${sent.value.status}` })
  const read = v.safeParse(profileSchema, readJson(sent.value.text))
  return read.success ? ok(read.output) : err({ type: 'Nonsense', why: `its profile: ${v.getDotPath(read.issues[0]) ?? 'answer'}: ${read.issues[0].message}`.slice(0, 200) })
}

const profileOf = ({ ucp, keys }: Written, address: string): UcpProfile => {
  const capability = (name: string): Written['ucp']['capabilities'][string][number] | null => ucp.capabilities[name]?.find((one) => isKnown(one.version) && isPublishedBy(name, one.schema)) ?? null
  const discount = capability(`${SHOPPING}.discount`)
  const extended = discount?.extends === undefined ? [] : [discount.extends].flat()
  const rest = ucp.services[SHOPPING]?.find(({ transport, version, endpoint }) => transport === 'rest' && isKnown(version) && endpoint !== undefined)?.endpoint
  const permalink = capability(`${SHOPPING}.permalink`)?.config?.['endpoint']
  return {
    version: ucp.version,
    address,
    rest: rest !== undefined && isAddress(rest) ? rest.replace(/\/+$/, '') : null,
    serves: {
      catalogue: capability(`${SHOPPING}.catalog.search`) !== null,
      cart: capability(`${SHOPPING}.cart`) !== null,
      checkout: capability(`${SHOPPING}.checkout`) !== null,
      order: capability(`${SHOPPING}.order`) !== null,
      discountsOn: (['cart', 'checkout'] as const).filter((one) => extended.includes(`${SHOPPING}.${one}`)),
    },
    permalink: typeof permalink === 'string' && isAddress(permalink) && !/[?#\s\\]/.test(permalink) ? permalink : null,
    keys,
  }
}

const isAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).username === ''

/** A capability is what it is called only if its schema lies with whoever owns that name: dev.ucp.… at ucp.dev. */
const isPublishedBy = (name: string, schema: string | undefined): boolean => {
  if (schema === undefined || !isAddress(schema) || new URL(schema).protocol !== 'https:') return false
  const owner = new URL(schema).hostname.replace(/\.$/, '').split('.').reverse().join('.')
  return owner.includes('.') && (name === owner || name.startsWith(`${owner}.`))
}

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
