/** One round of getting current, as a generator: asks, stages, asks on, has every head judged, and ends with what to show and what waits. The driver sends, checks signatures and stores. */
import { applyPull, CLOCK_ERROR_MS, firstPull, hasNotBegun, type PullOutcome, type ReleaseCheck, type Staging } from './apply-pull.ts'
import { headOf, isSameHead, type Release, type ReleaseHead } from './release.ts'
import type { RefusalReason } from './release-signature.ts'
import type { Pull, PullReply, RefusedRelease, StreamError } from './wire.ts'

/** What the device has: the release it shows and those that wait beside it. */
export type HeldReleases = { readonly active: Release | null; readonly pending: readonly Release[] }

export type DownloadWish =
  /** Answered with the reply, an error, or null if none came in time. */
  | { readonly do: 'pull'; readonly pull: Pull }
  /** Is the signature the publisher's, and the store ours? Answered with the reason of a refusal, or null. */
  | { readonly do: 'judge'; readonly head: ReleaseHead }
  /** In force now: store it as a whole and switch to it, in one transaction. */
  | { readonly do: 'activate'; readonly release: Release }
  /** For later: store it as a whole beside the active one. */
  | { readonly do: 'keep'; readonly release: Release }
  /** These wait, in order, and nothing else does. */
  | { readonly do: 'plan'; readonly next: readonly ReleaseHead[] }

type DownloadFacts = { readonly mismatches: number; readonly refused: RefusedRelease | null }
export type DownloadEnd = DownloadFacts &
  (
    | { readonly type: 'current'; readonly head: ReleaseHead; readonly hubNow: number }
    | { readonly type: 'failed'; readonly why: 'no answer' | 'error' | 'other hub run' | 'no release' | 'moved' | 'refused' | 'too many replies' }
  )

/** A snapshot of 256 KiB pieces beyond this would be more than 2.5 GB. */
const MAX_REPLIES = 10_000
/** A hash that keeps not fitting is tried again at the next round, not at once. */
const MAX_MISMATCHES = 2

type Round = { readonly pv: number; readonly held: HeldReleases; readonly hubEpoch: string; readonly isFit: ReleaseCheck; mismatches: number; refused: RefusedRelease | null }
type Steps<T> = Generator<DownloadWish, T, unknown>
type Fetched = { readonly release: Release; readonly isNew: boolean; readonly reply: PullReply }
type Missed = { readonly why: Extract<DownloadEnd, { type: 'failed' }>['why']; readonly reply: PullReply | null }

/** `hubEpoch` is the run of the hub this connection greeted; replies of another run are not believed. */
export function* downloadRelease(pv: number, held: HeldReleases, hubEpoch: string, isFit: ReleaseCheck): Steps<DownloadEnd> {
  const round: Round = { pv, held, hubEpoch, isFit, mismatches: 0, refused: null }
  const current = yield* fetchRelease(round, held.active, null)
  const facts = (): DownloadFacts => ({ mismatches: round.mismatches, refused: round.refused })
  if (!('release' in current)) {
    if (current.why === 'no release' && current.reply) yield* keepPending(round, held.active, current.reply.next)
    return { type: 'failed', why: current.why, ...facts() }
  }
  const { release, isNew, reply } = current
  if (isNew) yield { do: 'activate', release }
  yield* keepPending(round, release, reply.next.filter((head) => !isSameHead(head, release)))
  return { type: 'current', head: headOf(release), hubNow: reply.now, ...facts() }
}

/** What waits is fetched from the nearest release before it; what is refused is left out, and the plan holds without it. */
function* keepPending(round: Round, base: Release | null, next: readonly ReleaseHead[]): Steps<void> {
  const kept: ReleaseHead[] = []
  let nearest = base
  for (const head of next) {
    const known = knownItems(round, head.hash, nearest)
    const isKept = round.held.pending.some((one) => isSameHead(one, head) && one.signature === head.signature)
    if (!isKept && !(yield* isBelieved(round, head))) continue
    const release = known ? { ...head, items: known.items } : yield* fetchPending(round, nearest, head)
    if (!release) continue
    if (!isKept) yield { do: 'keep', release }
    nearest = release
    kept.push(head)
  }
  yield { do: 'plan', next: kept }
}

function* fetchPending(round: Round, base: Release | null, head: ReleaseHead): Steps<Release | null> {
  const fetched = yield* fetchRelease(round, base, head)
  return 'release' in fetched ? { ...head, items: fetched.release.items } : null
}

/** One release from its first pull to its last piece; `wanted` null: the one in force. */
function* fetchRelease(round: Round, base: Release | null, wanted: ReleaseHead | null): Steps<Fetched | Missed> {
  let pull = firstPull(round.pv, base, wanted?.hash)
  let staging: Staging | null = null
  let judged: ReleaseHead | null = wanted
  for (let replies = 0; replies < MAX_REPLIES; replies++) {
    const reply = (yield { do: 'pull', pull }) as PullReply | StreamError | null
    const missed = (why: Missed['why']): Missed => ({ why, reply: reply && 'hubEpoch' in reply ? reply : null })
    if (reply === null) return missed('no answer')
    if ('code' in reply) return missed('error')
    if (reply.hubEpoch !== round.hubEpoch) return missed('other hub run')
    if (!wanted && base && isAhead(base, reply)) return { release: base, isNew: false, reply }
    if (reply.type !== 'none' && !wanted && !isJudged(reply.head, judged, base)) {
      if (!(yield* isBelieved(round, reply.head))) return missed('refused')
      judged = reply.head
    }
    const outcome: PullOutcome = wholeAlready(round, wanted, reply) ?? applyPull(base, staging, pull, reply, round.isFit)
    if (outcome.type === 'current') return { release: { ...outcome.head, items: base!.items }, isNew: !isSameTerms(outcome.head, base!), reply }
    if (outcome.type === 'whole') return { release: outcome.release, isNew: true, reply }
    if (outcome.type === 'keep') {
      if (outcome.why === 'no release' || outcome.why === 'moved') return missed(outcome.why)
      refuse(round, reply, outcome.why)
      return missed('refused')
    }
    if (outcome.mismatch && ++round.mismatches > MAX_MISMATCHES) {
      refuse(round, reply, 'hash')
      return missed('refused')
    }
    pull = outcome.pull
    staging = outcome.staging
  }
  return { why: 'too many replies', reply: null }
}

function* isBelieved(round: Round, head: ReleaseHead): Steps<boolean> {
  const why = (yield { do: 'judge', head }) as RefusalReason | null
  if (why !== null) round.refused = { hash: head.hash, why }
  return why === null
}

/** The release in force may be one that waits here already, to the last document. */
const wholeAlready = ({ held }: Round, wanted: ReleaseHead | null, reply: PullReply): PullOutcome | null => {
  if (wanted || reply.type === 'none' || reply.type === 'same' || hasNotBegun(reply.head, reply.now)) return null
  const waiting = held.pending.find(({ hash }) => hash === reply.head.hash)
  return waiting ? { type: 'whole', release: { ...reply.head, items: waiting.items } } : null
}

const knownItems = ({ held }: Round, hash: string, nearest: Release | null): Release | undefined =>
  [...held.pending, ...(held.active ? [held.active] : []), ...(nearest ? [nearest] : [])].find((one) => one.hash === hash)

/** By its own clock the device has switched to what the hub is about to put in force: it is not called back for that moment. */
const isAhead = (active: Release, { next, now }: PullReply): boolean => next.some((head) => isSameHead(head, active) && head.activeFrom - now <= CLOCK_ERROR_MS)

const isJudged = (head: ReleaseHead, judged: ReleaseHead | null, active: Release | null): boolean =>
  (judged !== null && isSameTerms(head, judged)) || (active !== null && isSameTerms(head, active))

/** The signature covers everything else. */
const isSameTerms = (a: ReleaseHead, b: ReleaseHead): boolean => JSON.stringify(headOf(a)) === JSON.stringify(headOf(b))

const refuse = (round: Round, reply: PullReply, why: RefusalReason): void => {
  if (reply.type !== 'none') round.refused = { hash: reply.head.hash, why }
}
