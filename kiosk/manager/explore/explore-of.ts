/** One page "Verstehen" for as long as one person is signed in: who comes back to it finds it as it was left. */
import { ExploreView } from '../explore-view.svelte.ts'
import type { LastKnown } from '../last-known.ts'
import type { ManagerView } from '../manager-view.svelte.ts'
import { locale } from '../../lib/i18n/locale.svelte.ts'
import { systemClock } from '../../lib/state/clock.ts'

const kept = new WeakMap<ManagerView, ExploreView>()

export const exploreOf = (view: ManagerView, known: LastKnown): ExploreView => {
  const explore = kept.get(view) ?? new ExploreView({ ask: (name, request) => view.put(name, request), known, clock: systemClock, now: () => view.now, timeZone: () => locale.timeZone })
  kept.set(view, explore)
  return explore
}
