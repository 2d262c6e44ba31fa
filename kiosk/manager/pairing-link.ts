/** The address that opens the right app with its pairing code; the code stands behind `#`, so it never travels to a server or into its log. */
import type { Role } from '#shared/devices/role.ts'

const APP: { readonly [R in Role]: string } = { kiosk: 'shopper', staff: 'staff', manager: 'manager' }
const PREFIX = 'pair='

export const pairingLink = (origin: string, role: Role, code: string): string => `${origin}/${APP[role]}/#${PREFIX}${code}`

/** The code in a fragment; null if it holds none. */
export const codeInFragment = (fragment: string | null): string | null => (fragment?.startsWith(PREFIX) ? fragment.slice(PREFIX.length, PREFIX.length + 12) : null)
