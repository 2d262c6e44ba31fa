/** Pages that come when somebody opens them, each with what every page is given. */
import type { Component } from 'svelte'
import type { PageProps } from './page-props.ts'
import type { ManagerPage } from './pages.ts'

type Screen = () => Promise<{ readonly default: Component<PageProps> }>

/** The older pages stand in App.svelte with what each of them needs. */
export const SCREENS: { readonly [P in ManagerPage]?: Screen } = {
  explore: () => import('./screens/ExploreScreen.svelte'),
  alarms: () => import('./screens/AlarmsScreen.svelte'),
  cases: () => import('./screens/ActScreen.svelte'),
  listening: () => import('./screens/ListeningScreen.svelte'),
  surveys: () => import('./screens/SurveysScreen.svelte'),
  recommendations: () => import('./screens/BoughtScreen.svelte'),
  share: () => import('./screens/ShareScreen.svelte'),
}
