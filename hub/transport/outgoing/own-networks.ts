/** Addresses that lead into networks of one's own, or nowhere: whoever may name an address to call must not reach those. */
import { BlockList, isIP, isIPv4 } from 'node:net'

/** Source  IANA special-purpose address registries. */
const V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.88.99.0', 24],
  ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
]
/** Those that hold an address of version 4 inside are refused whole. */
const V6: readonly (readonly [string, number])[] = [['::', 96], ['::ffff:0:0', 96], ['64:ff9b::', 96], ['64:ff9b:1::', 48], ['100::', 64], ['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20], ['5f00::', 16], ['fc00::', 7], ['fe80::', 10], ['fec0::', 10], ['ff00::', 8]]

// Two lists: one of both would take every address of version 4 for one inside of version 6.
const ownV4 = new BlockList()
const ownV6 = new BlockList()
for (const [net, bits] of V4) ownV4.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of V6) ownV6.addSubnet(net, bits, 'ipv6')

/** True for anything that is no address at all. */
export const isOwnNetwork = (address: string): boolean => isIP(address) === 0 || (isIPv4(address) ? ownV4.check(address, 'ipv4') : ownV6.check(address, 'ipv6'))

export const isLoopbackName = (host: string): boolean => host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
