/** Pages that come when somebody opens them, each with what every page is given. */
import type { Component } from 'svelte'
import type { LastKnown } from './last-known.ts'
import type { ManagerView } from './manager-view.svelte.ts'
import type { ManagerPage } from './pages.ts'
import type { DeviceView } from '../lib/state/device-view.svelte.ts'
import type { People } from '../lib/state/people.svelte.ts'
import type { CallName } from '#shared/protocol/calls.ts'
import type { readStoreDocuments } from '#shared/protocol/screen-documents.ts'

export type PageProps = {
  readonly view: ManagerView
  readonly device: DeviceView
  readonly people: People
  readonly known: LastKnown
  readonly connected: boolean
  readonly documents: ReturnType<typeof readStoreDocuments>
  /** What the person signed in may ask the hub. */
  readonly may: (call: CallName) => boolean
}

type Screen = () => Promise<{ readonly default: Component<PageProps> }>

/** The older pages stand in App.svelte with what each of them needs. */
export const SCREENS: { readonly [P in ManagerPage]?: Screen } = {
  alarms: () => import('./screens/AlarmsScreen.svelte'),
  cases: () => import('./screens/ActScreen.svelte'),
  surveys: () => import('./screens/SurveysScreen.svelte'),
  recommendations: () => import('./screens/BoughtScreen.svelte'),
  share: () => import('./screens/ShareScreen.svelte'),
}
