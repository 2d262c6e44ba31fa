/** The key that signs releases, in a file of the data folder, made at the first start. */
import { createECDH, createPrivateKey, sign } from 'node:crypto'
import { join } from 'node:path'
import type { PublisherKey } from '#hub/ports/publisher.ts'
import { bytesToBase64Url } from '#shared/kernel/bytes.ts'
import { releaseMessage } from '#shared/sync/release-signature.ts'
import { CURVE, openKeyFile } from './key-file.ts'

export const PUBLISHER_KEY_FILE = 'publisher-key'

export const openPublisherKey = (folder: string): PublisherKey => publisherKeyFrom(openKeyFile(join(folder, PUBLISHER_KEY_FILE)))

export const publisherKeyFrom = (privateKey: Uint8Array): PublisherKey => {
  const ecdh = createECDH(CURVE)
  ecdh.setPrivateKey(privateKey)
  const point = ecdh.getPublicKey()
  const coordinate = (from: number): string => bytesToBase64Url(point.subarray(from, from + 32))
  const key = createPrivateKey({ key: { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33), d: bytesToBase64Url(privateKey) }, format: 'jwk' })
  return {
    publicKey: bytesToBase64Url(point),
    sign: (terms) => bytesToBase64Url(sign('sha256', releaseMessage(terms), { key, dsaEncoding: 'ieee-p1363' })),
  }
}
