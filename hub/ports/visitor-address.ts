/** The address that limits are counted by. It is held in memory while it is counted, and written down nowhere. */

/** What a request shows of where it comes from. */
export type Sender = { readonly headers: { readonly [name: string]: string | readonly string[] | undefined }; readonly socket: { readonly remoteAddress?: string | undefined } }

/** Tells the address of whoever sent a request. */
export type AddressOf = (request: Sender) => string

/**
 * `proxies`: addresses of proxies whose word about their visitors is taken; nobody else's is.
 * Shape   IPv4 as it is, also where it comes wrapped in IPv6; of IPv6 the first 64 bits, because one household or attacker has all that follow.
 * Source  RFC 7239 section 5.2 and RFC 6177: proxies add at the end, so the last address that no proxy of ours has is the visitor's.
 */
export const visitorAddress = (proxies: readonly string[]): AddressOf => {
  const isTrusted = isOneOf(proxies)
  return ({ headers, socket }) => {
    const near = plain(socket.remoteAddress ?? '')
    if (!isTrusted(near)) return networkOf(near)
    const told = String(headers['x-forwarded-for'] ?? '').slice(-MAX_TOLD).split(',').map((part) => plain(part.trim())).filter(isAddress)
    return networkOf(told.findLast((address) => !isTrusted(address)) ?? near)
  }
}

/** Whether an address is among these, also where it comes wrapped in IPv6. */
export const isOneOf = (addresses: readonly string[]): ((address: string) => boolean) => {
  const plainOnes = new Set(addresses.map(plain))
  return (address) => plainOnes.has(plain(address))
}

/** Far more than a chain of proxies writes. */
const MAX_TOLD = 1000

const plain = (address: string): string => address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '')
const isAddress = (text: string): boolean => /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f:]{2,39}(%\w+)?)$/.test(text)

const networkOf = (address: string): string => {
  if (!address.includes(':') || address === '::1') return address
  const [head = '', tail] = address.split('%', 1)[0]!.split('::')
  const first = head === '' ? [] : head.split(':')
  const last = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups = tail === undefined ? first : [...first, ...Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0'), ...last]
  return `${groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`
}
