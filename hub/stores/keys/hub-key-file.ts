/** The hub's sealing key in a file of the data folder that only its owner may read. */
import { createDecipheriv, createECDH } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { HubKeys } from '#hub/ports/hub-keys.ts'
import { base64UrlToBytes, bytesToBase64Url } from '#shared/kernel/bytes.ts'
import type { Json } from '#shared/kernel/json.ts'
import { SEAL_IV_BYTES, SEAL_KEY_BYTES, SEAL_TAG_BYTES } from '#shared/protocol/sealed.ts'

const CURVE = 'prime256v1'

/** Reads the key from a folder, or makes it at the first start. */
export const openHubKeys = (folder: string): HubKeys => {
  const file = join(folder, 'hub-key')
  const privateKey = existsSync(file) ? Buffer.from(readFileSync(file, 'utf8').trim(), 'hex') : createKeyFile(file)
  return hubKeysFrom(privateKey)
}

export const hubKeysFrom = (privateKey: Uint8Array): HubKeys => {
  const ecdh = createECDH(CURVE)
  ecdh.setPrivateKey(privateKey)
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
  }
}

/** A private key for tests and first starts: 32 bytes. */
export const newPrivateKey = (): Buffer => {
  const ecdh = createECDH(CURVE)
  ecdh.generateKeys()
  // Leading zero bytes are left out by the platform.
  return Buffer.concat([Buffer.alloc(32 - ecdh.getPrivateKey().length), ecdh.getPrivateKey()])
}

const decrypt = (key: Uint8Array, sealed: Uint8Array): string => {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, SEAL_IV_BYTES), { authTagLength: SEAL_TAG_BYTES })
  decipher.setAuthTag(sealed.subarray(-SEAL_TAG_BYTES))
  return decipher.update(sealed.subarray(SEAL_IV_BYTES, -SEAL_TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
}

/** On disk before anybody seals to it: a lost key is lost feedback. */
const createKeyFile = (file: string): Buffer => {
  const key = newPrivateKey()
  const handle = openSync(file, 'wx', 0o600)
  try {
    writeSync(handle, `${key.toString('hex')}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  return key
}
