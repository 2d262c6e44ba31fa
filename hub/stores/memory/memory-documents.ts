/** Releases in memory, each as a whole. */
import type { DocumentStore, ReleaseRecord } from '#hub/ports/documents.ts'
import { canonicalJson } from '#shared/kernel/json.ts'
import type { DocumentId, DocumentOp, Documents } from '#shared/sync/release.ts'
import type { MemoryBox } from './memory-stores.ts'

export const memoryDocumentStore = (box: MemoryBox): DocumentStore => {
  const recordAt = (index: number): ReleaseRecord | null => {
    const kept = box.state.releases.at(index)
    return kept ? { ...kept.head, retiredAt: index === -1 ? null : (box.state.releases[kept.head.rev]?.head.publishedAt ?? null) } : null
  }
  const itemsOf = (rev: number): Documents => box.state.releases[rev - 1]?.items ?? {}
  return {
    head: () => box.state.releases.at(-1)?.head ?? null,
    current: () => {
      const kept = box.state.releases.at(-1)
      return kept ? { ...kept.head, items: kept.items } : null
    },
    findRelease: (prefix) => {
      const index = /^[0-9a-f]{8,64}$/.test(prefix) ? box.state.releases.findLastIndex(({ head }) => head.hash.startsWith(prefix)) : -1
      const kept = box.state.releases[index]
      return kept ? { record: recordAt(index)!, release: { ...kept.head, items: kept.items } } : null
    },
    record: (rev, hash) => (box.state.releases[rev - 1]?.head.hash === hash ? recordAt(rev - 1) : null),
    records: (limit) => box.state.releases.map((_kept, index) => recordAt(index)!).reverse().slice(0, limit),
    opsBetween: (fromRev, toRev) => {
      const last = new Map<DocumentId, DocumentOp>()
      for (let rev = fromRev + 1; rev <= toRev; rev++) for (const op of changes(itemsOf(rev - 1), itemsOf(rev))) last.set(op.id, op)
      return [...last.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
    },
    publish: ({ items, hash, publishedAt }) => {
      const head = { rev: box.state.releases.length + 1, hash, publishedAt }
      box.state.releases.push({ head, items })
      return head
    },
  }
}

const changes = (from: Documents, to: Documents): readonly DocumentOp[] => [
  ...Object.entries(to).flatMap(([id, body]): DocumentOp[] => (id in from && canonicalJson(from[id]!) === canonicalJson(body) ? [] : [{ op: 'put', id, body }])),
  ...Object.keys(from).flatMap((id): DocumentOp[] => (id in to ? [] : [{ op: 'delete', id }])),
]
