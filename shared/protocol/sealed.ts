/**
 * The sealed part `x` of an event, readable by the hub only; deleting it from a device's storage would not erase it, so it is never there in clear.
 * Shape   base64url of: ephemeral public key (raw P-256 point, 65 bytes) ‖ iv (12 bytes) ‖ AES-256-GCM ciphertext with its 16-byte tag.
 *         The AES key is the ECDH secret's x coordinate (WebCrypto: `deriveKey` from ECDH to AES-GCM 256); the clear text is the UTF-8 of JSON; no additional data.
 */
export const SEAL_KEY_BYTES = 65
export const SEAL_IV_BYTES = 12
export const SEAL_TAG_BYTES = 16
