/** What every page of the manager's app is given. */
import type { LastKnown } from './last-known.ts'
import type { ManagerView } from './manager-view.svelte.ts'
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
