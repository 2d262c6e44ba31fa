/** A P-256 private key in a file of the data folder that only its owner may read. */
import { createECDH } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'

export const CURVE = 'prime256v1'

/** Reads the key, or makes it at the first start: 32 bytes. */
export const openKeyFile = (file: string): Buffer => (existsSync(file) ? Buffer.from(readFileSync(file, 'utf8').trim(), 'hex') : createKeyFile(file))

/** A private key for tests and first starts: 32 bytes. */
export const newPrivateKey = (): Buffer => {
  const ecdh = createECDH(CURVE)
  ecdh.generateKeys()
  // Leading zero bytes are left out by the platform.
  return Buffer.concat([Buffer.alloc(32 - ecdh.getPrivateKey().length), ecdh.getPrivateKey()])
}

/** On disk before anybody relies on it: a lost sealing key is lost feedback, a lost publisher key a store whose devices must be paired anew. */
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
