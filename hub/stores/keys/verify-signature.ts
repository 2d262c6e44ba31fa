/** Signatures of device keys. */
import { createPublicKey, verify } from 'node:crypto'
import { base64UrlToBytes, bytesToBase64Url } from '#shared/kernel/bytes.ts'

/** ECDSA P-256 with SHA-256. `pub`: raw point (65 bytes) as base64url; `signature`: r‖s, 64 bytes. */
export const verifySignature = (pub: string, message: Uint8Array, signature: Uint8Array): boolean => {
  const point = base64UrlToBytes(pub)
  if (!point.ok || point.value.length !== 65 || signature.length !== 64) return false
  try {
    const coordinate = (from: number): string => bytesToBase64Url(point.value.subarray(from, from + 32))
    const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33) }, format: 'jwk' })
    return verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature)
  } catch {
    return false // not a point of the curve
  }
}
