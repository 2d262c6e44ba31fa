/** A device without storage, socket or clock: tests hold all three in their hands. */
import type { Device, DeviceIdentity, NotSaved, PairError, SyncStatus } from '#kiosk/lib/sync/device.ts'
import type { OfferUnits } from '#shared/basket/quote.ts'
import type { DeviceId, EventId, VisitId } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { millis } from '#shared/kernel/time.ts'
import type { HintName, Hints } from '#shared/protocol/calls.ts'
import type { Documents, Release } from '#shared/sync/release.ts'
import { releaseOf } from '../shared/sync/signed-release.ts'

export type Recorded = { readonly t: string; readonly p: Json; readonly sid: VisitId | null; readonly secret?: Json }

export const IDENTITY: DeviceIdentity = { dev: '0'.repeat(32) as DeviceId, role: 'kiosk', name: 'Eingang', store: 'lindenkorb', touchpoint: null }

type Options = { readonly documents?: Documents; readonly identity?: DeviceIdentity | null; readonly at?: number }

/** Also shows what was said to it, and can be made to refuse, to hear hints and to see time pass. */
export const fakeDevice = ({ documents, identity = IDENTITY, at = Date.UTC(2026, 10, 24, 11) }: Options = {}) => {
  const recorded: Recorded[] = []
  const statusListeners = new Set<(status: SyncStatus) => void>()
  const hintListeners = new Map<HintName, Set<(hint: never) => void>>()
  const releaseListeners = new Set<(release: Release) => void>()
  let release: Release | null = documents ? { ...releaseOf(documents, null, { publishedAt: millis(at) }), hash: 'ab'.repeat(32) } : null
  let refusing: NotSaved['why'] | null = null
  let now = millis(at)
  let units: OfferUnits = {}
  let who = identity
  let pairing: Result<DeviceIdentity, PairError> = ok(IDENTITY)
  let status: SyncStatus = { phase: who ? 'online' : 'unpaired', lastAckAt: millis(at), waiting: 0, release, releaseCheckedAt: millis(at), nextRelease: null, refusedRelease: null, switchInDoubt: false, frozen: false, lowSpace: false, needsService: false }
  const setStatus = (change: Partial<SyncStatus>): void => {
    status = { ...status, ...change }
    for (const listener of statusListeners) listener(status)
  }
  const device: Device = {
    log: () => [],
    storage: () => ({ frozen: status.frozen, lowSpace: status.lowSpace, reserve: true, persisted: true, usedBytes: 0, quotaBytes: null, triedAt: null }),
    allotments: { units: () => units, asOf: at, pools: [], choose: (offers) => (offers.every((offer) => units[offer]) ? offers.map((offer) => ({ offer, lease: 7 })) : null) },
    get identity() {
      return who
    },
    get status() {
      return status
    },
    onStatus: (listener) => {
      statusListeners.add(listener)
      return () => statusListeners.delete(listener)
    },
    get release() {
      return release
    },
    onRelease: (listener) => {
      releaseListeners.add(listener)
      return () => releaseListeners.delete(listener)
    },
    record: async ({ t, p, sid, secret, uses = [] }) => {
      if (refusing) return err({ type: 'NotSaved', why: refusing })
      if (!uses.every(({ offer }) => units[offer])) return err({ type: 'NotSaved', why: 'use gone' })
      units = Object.fromEntries(Object.entries(units).map(([id, n]) => [id, uses.some(({ offer }) => offer === id) ? n - 1 : n]))
      recorded.push({ t, p, sid, ...(secret !== undefined && { secret }) })
      return ok(`${recorded.length}` as EventId)
    },
    call: async () => err({ code: 'offline' }),
    on: (name, listener) => {
      const listeners = hintListeners.get(name) ?? new Set()
      hintListeners.set(name, listeners.add(listener as (hint: never) => void))
      return () => listeners.delete(listener as (hint: never) => void)
    },
    now: () => ({ at: now, verified: true }),
    sign: async () => new Uint8Array(64).fill(7),
    keyId: '0badcafe',
    pair: async () => {
      if (pairing.ok) {
        who = pairing.value
        setStatus({ phase: 'online' })
      }
      return pairing
    },
  }
  return {
    device,
    recorded,
    setStatus,
    /** Another release takes over on this device. */
    switchTo: (items: Documents) => {
      const next = releaseOf(items, release, { publishedAt: now })
      release = next
      setStatus({ release: next })
      for (const listener of releaseListeners) listener(next)
    },
    refuse: (why: NotSaved['why'] | null) => {
      refusing = why
    },
    pairsAs: (answer: Result<DeviceIdentity, PairError>) => {
      pairing = answer
    },
    hint: <K extends HintName>(name: K, hint: Hints[K]) => {
      for (const listener of hintListeners.get(name) ?? []) listener(hint as never)
    },
    holds: (held: OfferUnits) => {
      units = held
    },
    setNow: (ms: number) => {
      now = millis(ms)
    },
  }
}
