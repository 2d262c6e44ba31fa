/** Releases in memory, each as a whole. */
import type { Clock } from '#hub/ports/clock.ts'
import type { DocumentStore, ReleaseRecord } from '#hub/ports/documents.ts'
import { canonicalJson } from '#shared/kernel/json.ts'
import { headOf, type DocumentId, type DocumentOp, type Documents, type Release, type ReleaseHead } from '#shared/sync/release.ts'
import { byActivation, comingAfter, inForceAt } from '#shared/sync/release-plan.ts'
import type { MemoryBox } from './memory-box.ts'

export const memoryDocumentStore = (box: MemoryBox, clock: Clock): DocumentStore => {
  const all = (): readonly Release[] => box.state.releases
  const recordOf = (head: ReleaseHead): ReleaseRecord => {
    const later = all().filter((other) => byActivation(other, head) > 0 && other.activeFrom <= clock.now())
    return { ...headOf(head), retiredAt: later.toSorted(byActivation)[0]?.activeFrom ?? null }
  }
  const itemsAt = (rev: number): Documents => all()[rev - 1]?.items ?? {}
  return {
    head: () => {
      const head = inForceAt(all(), clock.now())
      return head && headOf(head)
    },
    current: () => inForceAt(all(), clock.now()),
    upcoming: () => comingAfter(all(), clock.now()).map(headOf),
    findRelease: (prefix) => {
      if (!/^[0-9a-f]{8,64}$/.test(prefix)) return null
      const named = all().filter(({ hash }) => hash.startsWith(prefix)).toSorted(byActivation)
      const release = named.findLast(({ activeFrom }) => activeFrom <= clock.now()) ?? named.at(-1)
      return release ? { record: recordOf(release), release } : null
    },
    record: (rev, hash) => {
      const release = all()[rev - 1]
      return release?.hash === hash ? recordOf(release) : null
    },
    itemsAt,
    records: (limit) => all().map(recordOf).reverse().slice(0, limit),
    nextRev: () => all().length + 1,
    opsBetween: (fromRev, toRev) => {
      const last = new Map<DocumentId, DocumentOp>()
      for (let rev = fromRev + 1; rev <= toRev; rev++) for (const op of changes(itemsAt(rev - 1), itemsAt(rev))) last.set(op.id, op)
      return [...last.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
    },
    publish: (release) => {
      if (release.rev !== all().length + 1) throw new Error(`release ${release.rev} does not follow ${all().length}`)
      box.state.releases.push(release)
    },
    sign: (head) => {
      const index = head.rev - 1
      const known = box.state.releases[index]
      if (known?.hash === head.hash) box.state.releases[index] = { ...head, items: known.items }
    },
  }
}

const changes = (from: Documents, to: Documents): readonly DocumentOp[] => [
  ...Object.entries(to).flatMap(([id, body]): DocumentOp[] => (id in from && canonicalJson(from[id]!) === canonicalJson(body) ? [] : [{ op: 'put', id, body }])),
  ...Object.keys(from).flatMap((id): DocumentOp[] => (id in to ? [] : [{ op: 'delete', id }])),
]
