/** The pages of the manager's app: where each stands in the navigation, what the address calls it, and the call without which it has nothing to show. */
import type { CallName } from '#shared/protocol/calls.ts'

/** In the order of a day: look, understand, ask, act, tell; and what keeps the store running. */
export const PAGE_GROUPS = ['today', 'understand', 'ask', 'act', 'share', 'run'] as const
export type PageGroup = (typeof PAGE_GROUPS)[number]

/** A page's name here is its name in the address and of its words in messages.ts. */
export const PAGES = {
  report: { group: 'today', call: 'insights.read' },
  explore: { group: 'understand', call: 'figures.choices' },
  surveys: { group: 'ask', call: 'surveys.list' },
  listening: { group: 'ask', call: 'voice.channels' },
  alarms: { group: 'act', call: 'alarms.read' },
  cases: { group: 'act', call: 'cases.read' },
  share: { group: 'share', call: 'share.read' },
  devices: { group: 'run', call: 'devices.list' },
  offers: { group: 'run', call: 'offers.review' },
  recommendations: { group: 'run', call: 'bought.read' },
  shop: { group: 'run', call: 'parity.read' },
  people: { group: 'run', call: 'people.list' },
  privacy: { group: 'run', call: 'privacy.read' },
} as const satisfies { readonly [name: string]: { readonly group: PageGroup; readonly call: CallName } }
export type ManagerPage = keyof typeof PAGES

export const MANAGER_PAGES = Object.keys(PAGES) as readonly ManagerPage[]

/** One heading of the navigation with the pages under it, none empty. */
export type NavGroup = { readonly group: PageGroup; readonly pages: readonly ManagerPage[] }

/** Order  groups and pages as they are listed above. */
export const groupsOf = (pages: readonly ManagerPage[]): readonly NavGroup[] =>
  PAGE_GROUPS.map((group) => ({ group, pages: pages.filter((page) => PAGES[page].group === group) })).filter(({ pages }) => pages.length > 0)

/** The bar at the foot of a phone has room for five. */
export const BAR_PLACES = 5

/** What stands in the bar of a phone, and what comes when somebody asks for more. Shape  `more` is empty where all fit. */
export const barOf = (groups: readonly NavGroup[]): { readonly bar: readonly NavGroup[]; readonly more: readonly NavGroup[] } => {
  const single = groups.filter(({ group }) => group !== 'run')
  const fits = single.length === groups.length && groups.length <= BAR_PLACES
  return fits ? { bar: groups, more: [] } : { bar: single.slice(0, BAR_PLACES - 1), more: groups.filter((one) => !single.slice(0, BAR_PLACES - 1).includes(one)) }
}

/** The page that an address names behind its #; null: none of these. */
export const pageAt = (fragment: string | null): ManagerPage | null => MANAGER_PAGES.find((page) => page === fragment) ?? null
