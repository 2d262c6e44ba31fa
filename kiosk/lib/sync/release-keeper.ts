/** The release a device shows: read before any network, then kept current, and switched only as a whole. */
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts'
import { CHANNELS } from '#shared/protocol/channels.ts'
import { PullReplyMessage } from '#shared/protocol/pull.ts'
import type { ReleaseCheck } from '#shared/sync/apply-pull.ts'
import { downloadRelease, type DownloadEnd } from '#shared/sync/download.ts'
import type { Release } from '#shared/sync/release.ts'
import type { ReplicaStore } from '../store/replica-store.ts'
import type { Connection } from './hub-link.ts'
import { believe } from './upload-driver.ts'

export type KeptRelease = { readonly release: Release; readonly checkedAt: number }

export class ReleaseKeeper {
  readonly #store: ReplicaStore
  readonly #isFit: ReleaseCheck
  readonly #changed: (kept: KeptRelease, isNew: boolean) => void
  #kept: KeptRelease | null
  #running: Promise<DownloadEnd> | null = null
  /** Asked for while a round was running: what that round learnt may be old already. */
  #again = false

  constructor(store: ReplicaStore, kept: KeptRelease | null, isFit: ReleaseCheck, changed: (kept: KeptRelease, isNew: boolean) => void) {
    this.#store = store
    this.#kept = kept
    this.#isFit = isFit
    this.#changed = changed
  }

  get kept(): KeptRelease | null {
    return this.#kept
  }

  /** Gets current over this connection; rounds never overlap. */
  async refresh(connection: Connection): Promise<DownloadEnd> {
    if (this.#running) {
      this.#again = true
      return this.#running
    }
    this.#running = this.#round(connection)
    try {
      return await this.#running
    } finally {
      this.#running = null
      if (this.#again) {
        this.#again = false
        void this.refresh(connection)
      }
    }
  }

  async #round(connection: Connection): Promise<DownloadEnd> {
    const download = downloadRelease(PROTOCOL_VERSION, this.#kept?.release ?? null, connection.hubEpoch, this.#isFit)
    let staged: Release | null = null
    let answer: unknown
    for (;;) {
      const next = download.next(answer)
      answer = undefined
      if (next.done) {
        if (next.value.type === 'current') await this.#becomeCurrent(staged, next.value.head.rev, next.value.hubNow)
        return next.value
      }
      if (next.value.do === 'activate') staged = next.value.release
      else answer = believe(await connection.ask(CHANNELS.pull, next.value.pull), PullReplyMessage)
    }
  }

  /** Shown even if the storage refuses it: in memory it is whole too, and after a restart the older one is. */
  async #becomeCurrent(staged: Release | null, rev: number, checkedAt: number): Promise<void> {
    if (staged) {
      await this.#store.activate(staged, checkedAt)
      this.#kept = { release: staged, checkedAt }
      this.#changed(this.#kept, true)
    } else if (this.#kept) {
      const { release } = this.#kept
      this.#kept = { release: release.rev === rev ? release : { ...release, rev }, checkedAt }
      await this.#store.confirm({ hash: release.hash, rev, checkedAt })
      this.#changed(this.#kept, false)
    }
  }
}
