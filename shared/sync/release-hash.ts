/** What a release is called: the hash of all it holds. */
import { bytesToHex, concatBytes, utf8 } from '../kernel/bytes.ts'
import { canonicalJson, type Json } from '../kernel/json.ts'
import { sha256 } from '../kernel/sha256.ts'
import type { DocumentId, DocumentOp, Documents, Release, ReleaseTerms } from './release.ts'

/** SHA-256 of the canonical document, 64 hex digits. */
export const documentHash = (body: Json): string => {
  if (typeof body !== 'object' || body === null) return hashOf(body)
  const known = hashes.get(body)
  if (known !== undefined) return known
  const hash = hashOf(body)
  hashes.set(body, hash)
  return hash
}

/** Documents never change, so each is hashed once: a change of prices then costs a slow tablet the changed documents, not the whole store. */
const hashes = new WeakMap<object, string>()
const hashOf = (body: Json): string => bytesToHex(sha256(utf8(canonicalJson(body))))

/**
 * The identity of a set of documents.
 * Shape   64 hex digits: SHA-256 over `id NUL documentHash LF`, ids sorted by code unit.
 */
export const releaseHash = (items: Documents): string => releaseHashFrom(Object.fromEntries(Object.entries(items).map(([id, body]) => [id, documentHash(body)])))

/** The same from the documents' own hashes, for who keeps them. */
export const releaseHashFrom = (hashesById: { readonly [id: DocumentId]: string }): string => {
  const lines = Object.keys(hashesById).sort().map((id) => utf8(`${id}\0${hashesById[id]!}\n`))
  return bytesToHex(sha256(concatBytes(...lines)))
}

/** A release under the given number, signed; `sign` gets all that is said of it. */
export const makeRelease = (items: Documents, said: Omit<ReleaseTerms, 'hash'>, sign: (terms: ReleaseTerms) => string): Release => {
  const terms: ReleaseTerms = { ...said, hash: releaseHash(items) }
  return { ...terms, signature: sign(terms), items }
}

/** What turns one set into the other: puts and deletes, by id. */
export const diffDocuments = (from: Documents, to: Documents): readonly DocumentOp[] => {
  const puts = Object.entries(to)
    .filter(([id, body]) => !Object.hasOwn(from, id) || canonicalJson(from[id]!) !== canonicalJson(body))
    .map(([id, body]): DocumentOp => ({ op: 'put', id, body }))
  const deletes = Object.keys(from).filter((id) => !Object.hasOwn(to, id)).map((id): DocumentOp => ({ op: 'delete', id }))
  return [...puts, ...deletes]
}

/** A set after some operations, in their order. */
export const applyOps = (items: Documents, ops: readonly DocumentOp[]): Documents => {
  const byId = new Map(Object.entries(items))
  for (const op of ops) {
    if (op.op === 'put') byId.set(op.id, op.body)
    else byId.delete(op.id)
  }
  return Object.fromEntries(byId)
}
