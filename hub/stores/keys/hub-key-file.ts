/** The hub's sealing key in a file of the data folder that only its owner may read. */
import { createDecipheriv, createECDH, createHmac } from 'node:crypto'
import { join } from 'node:path'
import type { HubKeys } from '#hub/ports/hub-keys.ts'
import { base64UrlToBytes, bytesToBase64Url } from '#shared/kernel/bytes.ts'
import type { Json } from '#shared/kernel/json.ts'
import { SEAL_IV_BYTES, SEAL_KEY_BYTES, SEAL_TAG_BYTES } from '#shared/protocol/sealed.ts'
import { CURVE, openKeyFile } from './key-file.ts'

export { newPrivateKey } from './key-file.ts'

/** Reads the key from a folder, or makes it at the first start. */
export const openHubKeys = (folder: string): HubKeys => hubKeysFrom(openKeyFile(join(folder, 'hub-key')))

export const hubKeysFrom = (privateKey: Uint8Array): HubKeys => {
  const ecdh = createECDH(CURVE)
  ecdh.setPrivateKey(privateKey)
  // A key of its own, so that no mark says anything about the other.
  const marking = createHmac('sha256', privateKey).update('einklang marks').digest()
  return {
    publicKey: bytesToBase64Url(ecdh.getPublicKey()),
    open: (sealed) => {
      const bytes = base64UrlToBytes(sealed)
      if (!bytes.ok || bytes.value.length < SEAL_KEY_BYTES + SEAL_IV_BYTES + SEAL_TAG_BYTES) return null
      try {
        return JSON.parse(decrypt(ecdh.computeSecret(bytes.value.subarray(0, SEAL_KEY_BYTES)), bytes.value.subarray(SEAL_KEY_BYTES))) as Json
      } catch {
        return null // altered, or sealed to another hub's key
      }
    },
    mark: (text) => createHmac('sha256', marking).update(text).digest('base64url').slice(0, MARK_LETTERS),
  }
}

/** 132 bits. */
const MARK_LETTERS = 22

const decrypt = (key: Uint8Array, sealed: Uint8Array): string => {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, SEAL_IV_BYTES), { authTagLength: SEAL_TAG_BYTES })
  decipher.setAuthTag(sealed.subarray(-SEAL_TAG_BYTES))
  return decipher.update(sealed.subarray(SEAL_IV_BYTES, -SEAL_TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
}
