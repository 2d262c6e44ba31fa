/** The ways on which people are listened to; every answer says on which it came. */

/** kiosk: tapped in the store · staff: noted by somebody of the team after a conversation · phone: the shopper's own, by a sign with a QR · shop: the web shop · import: a table. */
export const CHANNELS = ['kiosk', 'staff', 'phone', 'shop', 'import'] as const
export type Channel = (typeof CHANNELS)[number]
