/** Customer cards of the built-in shop; the demo store's club is the only one so far. */
import type { PricingCustomer } from '#shared/offers/pricing-context.ts'
import { DEMO_MEMBERS } from './demo/demo-members.ts'

/** The facts of a card as typed; spaces do not count. Null if there is no such card. */
export const findMember = (card: string): PricingCustomer | null => {
  const member = DEMO_MEMBERS.find(({ number }) => number === card.replaceAll(/\s/g, ''))
  return member ? { id: member.number, groups: member.groups, birthday: member.birthday } : null
}
