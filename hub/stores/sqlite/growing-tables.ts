/** Tables that grow without end; the reading of the whole file sees them. All others are read before the hub relies on them. */
export const GROWING: ReadonlySet<string> = new Set(['event', 'numbered', 'feedback', 'feedback_contact', 'shown_quote', 'claim', 'shop_order', 'shop_order_person', 'erased', 'offer_use', 'visit', 'visit_code', 'checkout_link', 'returned_order', 'audit'])
