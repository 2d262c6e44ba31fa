/** The device's own key and the hub's: signing, and sealing what only the hub may read. */
import { base64UrlToBytes, bytesToBase64Url, bytesToHex, concatBytes, utf8 } from '#shared/kernel/bytes.ts'
import type { Json } from '#shared/kernel/json.ts'
import { sha256 } from '#shared/kernel/sha256.ts'
import { SEAL_IV_BYTES } from '#shared/protocol/sealed.ts'

/** `pub`: raw point, 65 bytes as base64url. The private key cannot leave the browser, not even by its own code. */
export type DeviceKey = { readonly privateKey: CryptoKey; readonly pub: string }

const SIGNING = { name: 'ECDSA', namedCurve: 'P-256' } as const
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const
const AGREEING = { name: 'ECDH', namedCurve: 'P-256' } as const

/** `pkcs8`: for one moment, to be sealed to the hub, so that the device can become itself again when its storage is gone. */
export const newDeviceKey = async (subtle: SubtleCrypto): Promise<{ readonly key: DeviceKey; readonly pkcs8: string }> => {
  const pair = await subtle.generateKey(SIGNING, true, ['sign', 'verify'])
  const pub = bytesToBase64Url(new Uint8Array(await subtle.exportKey('raw', pair.publicKey)))
  const pkcs8 = new Uint8Array(await subtle.exportKey('pkcs8', pair.privateKey))
  return { key: await deviceKeyFrom(subtle, pkcs8, pub), pkcs8: bytesToBase64Url(pkcs8) }
}

export const deviceKeyFrom = async (subtle: SubtleCrypto, pkcs8: Uint8Array<ArrayBuffer>, pub: string): Promise<DeviceKey> => ({ privateKey: await subtle.importKey('pkcs8', pkcs8, SIGNING, false, ['sign']), pub })

/** 64 bytes r‖s. */
export const signWith = async (subtle: SubtleCrypto, key: DeviceKey, message: Uint8Array): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await subtle.sign(SIGNATURE, key.privateKey, Uint8Array.from(message)))

/** First 4 bytes of SHA-256 of the raw public key, 8 hex digits. */
export const keyIdOf = (pub: string): string => {
  const raw = base64UrlToBytes(pub)
  if (!raw.ok) throw new RangeError('not a public key')
  return bytesToHex(sha256(raw.value).subarray(0, 4))
}

/** Seals to the hub's key, in the shape of `shared/protocol/sealed.ts`. */
export const seal = async (subtle: SubtleCrypto, hubKey: string, secret: Json, iv: Uint8Array<ArrayBuffer>): Promise<string> => {
  const hubPoint = base64UrlToBytes(hubKey)
  if (!hubPoint.ok || iv.length !== SEAL_IV_BYTES) throw new RangeError('not a sealing key')
  const hub = await subtle.importKey('raw', hubPoint.value, AGREEING, false, [])
  const own = await subtle.generateKey(AGREEING, false, ['deriveKey'])
  const key = await subtle.deriveKey({ name: 'ECDH', public: hub }, own.privateKey, { name: 'AES-GCM', length: 256 }, false, ['encrypt'])
  const sealed = await subtle.encrypt({ name: 'AES-GCM', iv }, key, utf8(JSON.stringify(secret)))
  const point = await subtle.exportKey('raw', own.publicKey)
  return bytesToBase64Url(concatBytes(new Uint8Array(point), iv, new Uint8Array(sealed)))
}
