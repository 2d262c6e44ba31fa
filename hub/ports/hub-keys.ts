/** The hub's own key pair, by which devices seal what only the hub may read. */
import type { Json } from '#shared/kernel/json.ts'

export interface HubKeys {
  /** Raw P-256 point, base64url. */
  readonly publicKey: string
  /** What a device sealed; null if it was not sealed to this key or was altered. */
  open(sealed: string): Json | null
  /** Proof that this hub wrote a text: 22 letters that nobody else can make. */
  mark(text: string): string
}
