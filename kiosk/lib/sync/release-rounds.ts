/** Rounds of getting current over a connection: asks the hub, has every head judged, and hands what is believed to the keeper. Loaded with the connection; showing a release needs none of it. */
import { CHANNELS } from '#shared/protocol/channels.ts'
import { PullReplyMessage } from '#shared/protocol/pull.ts'
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts'
import type { ReleaseCheck } from '#shared/sync/apply-pull.ts'
import { downloadRelease, type DownloadEnd, type DownloadWish } from '#shared/sync/download.ts'
import type { Release } from '#shared/sync/release.ts'
import { judgeHead, type Publisher, type Verify } from '#shared/sync/release-signature.ts'
import type { Connection } from './hub-link.ts'
import type { ReleaseKeeper } from './release-keeper.ts'
import { believe } from './upload-driver.ts'

/** What makes a release believable on this device. */
export type Belief = {
  readonly isFit: ReleaseCheck
  readonly verify: Verify
  /** Who may publish; null until the hub has said it. */
  publisher(): Promise<Publisher | null>
}

export class ReleaseRounds {
  readonly #keeper: ReleaseKeeper
  readonly #belief: Belief
  #running: Promise<DownloadEnd> | null = null
  /** Asked for while a round was running: what that round learnt may be old already. */
  #again = false

  constructor(keeper: ReleaseKeeper, belief: Belief) {
    this.#keeper = keeper
    this.#belief = belief
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
    const held = this.#keeper.held
    const download = downloadRelease(PROTOCOL_VERSION, held, connection.hubEpoch, this.#belief.isFit)
    for (let answer: unknown; ; ) {
      const next = download.next(answer)
      if (!next.done) answer = await this.#fulfil(next.value, connection, held.active)
      else {
        await this.#keeper.end(next.value)
        return next.value
      }
    }
  }

  async #fulfil(wish: DownloadWish, connection: Connection, shown: Release | null): Promise<unknown> {
    switch (wish.do) {
      case 'pull':
        return believe(await connection.ask(CHANNELS.pull, wish.pull), PullReplyMessage)
      case 'judge':
        return judgeHead(wish.head, await this.#belief.publisher(), this.#belief.verify)
      case 'activate':
        // Its time came while the round ran: what the hub said before may be old.
        if (!(await this.#keeper.activate(wish.release, shown))) this.#again = true
        return undefined
      case 'keep':
        return this.#keeper.keep(wish.release)
      case 'plan':
        return this.#keeper.plan(wish.next)
    }
  }
}
