/** Who a connection speaks for. */
export const ROLES = ['kiosk', 'staff', 'manager'] as const
export type Role = (typeof ROLES)[number]
