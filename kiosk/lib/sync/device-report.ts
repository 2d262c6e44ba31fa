/** What a device says about itself, every minute and on change. */
import type { HubClock } from '#shared/sync/hub-clock.ts'
import { tellStanding } from '#shared/sync/completeness.ts'
import type { Documents } from '#shared/sync/release.ts'
import { MAX_UNREAD_NOTES, MAX_UNREAD_REASON, type Report, type StorageTrouble, type UnreadNote } from '#shared/sync/wire.ts'
import type { OutboxStore } from '../store/outbox-store.ts'
import type { ReleaseKeeper } from './release-keeper.ts'

export type ReportParts = {
  /** Build of the app. */
  readonly version: string
  readonly outbox: OutboxStore
  readonly releases: ReleaseKeeper
  readonly clock: HubClock
  readonly unread: (items: Documents) => readonly UnreadNote[]
  waiting(): number
  storage(): StorageTrouble | null
}

/** `isSpeaking`: something was said of which nobody knows yet whether it is saved. */
export const deviceReport = async (parts: ReportParts, isSpeaking: boolean): Promise<Report> => {
  const { version, releases, clock, waiting } = parts
  const release = releases.kept?.release ?? null
  return {
    app: version,
    releaseHash: release?.hash ?? null,
    queued: waiting(),
    clockOffsetMs: clock.offsetMs,
    nextHash: releases.next?.hash ?? null,
    refused: releases.refused,
    storage: parts.storage(),
    unread: release ? bounded(parts.unread(release.items)) : [],
    ...(isSpeaking ? {} : await standing(parts)),
  }
}

/** How far everything recorded here is confirmed, counted from before the storage is read; the hub's clock must be known. */
const standing = async ({ clock, outbox }: ReportParts): Promise<Pick<Report, 'stream'>> => {
  const { at, verified } = clock.now()
  const told = verified ? await outbox.run(tellStanding(at)) : null
  return told?.ok && told.value ? { stream: told.value } : {}
}

/** A report is small, whatever a release holds. */
const bounded = (notes: readonly UnreadNote[]): readonly UnreadNote[] =>
  notes.slice(0, MAX_UNREAD_NOTES).map(({ id, reason }) => ({ id: id.slice(0, 200), reason: reason.slice(0, MAX_UNREAD_REASON) }))
