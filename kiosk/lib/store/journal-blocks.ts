/**
 * The second copy of what waits: records written in place into a file whose blocks were all laid beforehand, so that a disk without room takes them too.
 * One record is a run of blocks: mark, length, order, checksum, text. What is half written does not match its checksum, and was never thanked for.
 */
import { concatBytes, utf8 } from '#shared/kernel/bytes.ts'
import { sha256 } from '#shared/kernel/sha256.ts'

/** A file that can be read and written at any place; nothing is on the disk before `flush` returns. */
export interface BlockFile {
  readonly size: number
  read(into: Uint8Array, at: number): void
  write(from: Uint8Array, at: number): void
  flush(): void
}

export const BLOCK_BYTES = 512
const HEAD_BYTES = 24
const MARK = 0x45_4b_4a_31
const CHECK_BYTES = 8

/** `key`: a later record of the same key takes the place of the earlier one. */
export type JournalRecord = { readonly key: string; readonly text: string }
type Place = { readonly at: number; readonly blocks: number; readonly order: number; readonly text: string }

export class JournalBlocks {
  readonly #file: BlockFile
  readonly #filler: Uint8Array
  readonly #taken: Uint8Array
  readonly #places = new Map<string, Place>()
  #order = 0
  #next = 0

  /** `filler`: one block that says nothing; not zeros, which some disks store for nothing. */
  constructor(file: BlockFile, filler: Uint8Array) {
    this.#file = file
    this.#filler = filler
    this.#taken = new Uint8Array(Math.floor(file.size / BLOCK_BYTES))
    this.#readAll()
  }

  /** In the order in which they were written. */
  get records(): readonly JournalRecord[] {
    return [...this.#places].toSorted(([, a], [, b]) => a.order - b.order).map(([key, { text }]) => ({ key, text }))
  }

  /** Durable when it returns. False if there was no place for all of them. */
  put(records: readonly JournalRecord[]): boolean {
    if (records.length === 0) return true
    const earlier: Place[] = []
    let fits = true
    for (const { key, text } of records) {
      const place = this.#write(key, text)
      if (!place) {
        fits = false
        continue
      }
      const known = this.#places.get(key)
      if (known) earlier.push(known)
      this.#places.set(key, place)
    }
    this.#file.flush()
    // Only now: until the new one was on the disk, the earlier one counted.
    for (const place of earlier) this.#wipe(place)
    return fits
  }

  /** Overwrites them. */
  remove(keys: readonly string[]): void {
    const places = keys.flatMap((key) => this.#places.get(key) ?? [])
    if (places.length === 0) return
    for (const key of keys) this.#places.delete(key)
    for (const place of places) this.#wipe(place)
    this.#file.flush()
  }

  #write(key: string, text: string): Place | null {
    const body = utf8(JSON.stringify([key, text]))
    const blocks = Math.ceil((HEAD_BYTES + body.length) / BLOCK_BYTES)
    const at = this.#find(blocks)
    if (at === null) return null
    const order = ++this.#order
    const bytes = new Uint8Array(blocks * BLOCK_BYTES)
    const view = new DataView(bytes.buffer)
    view.setUint32(0, MARK)
    view.setUint32(4, body.length)
    view.setFloat64(8, order)
    bytes.set(checksum(bytes.subarray(4, 16), body), 16)
    bytes.set(body, HEAD_BYTES)
    this.#file.write(bytes, at * BLOCK_BYTES)
    this.#taken.fill(1, at, at + blocks)
    this.#next = at + blocks
    return { at, blocks, order, text }
  }

  #wipe({ at, blocks }: Place): void {
    for (let block = at; block < at + blocks; block++) this.#file.write(this.#filler, block * BLOCK_BYTES)
    this.#taken.fill(0, at, at + blocks)
  }

  /** So many free blocks in a row, from where the last record ended. */
  #find(blocks: number): number | null {
    return this.#findFrom(this.#next, this.#taken.length, blocks) ?? this.#findFrom(0, Math.min(this.#next + blocks, this.#taken.length), blocks)
  }

  #findFrom(from: number, until: number, blocks: number): number | null {
    for (let at = from, free = 0; at < until; at++) {
      free = this.#taken[at] ? 0 : free + 1
      if (free === blocks) return at - blocks + 1
    }
    return null
  }

  #readAll(): void {
    const all = new Uint8Array(this.#taken.length * BLOCK_BYTES)
    this.#file.read(all, 0)
    const stale: Place[] = []
    for (let block = 0; block < this.#taken.length; ) {
      const found = readRecord(all, block)
      if (found) {
        const { key, ...place } = found
        const known = this.#places.get(key)
        stale.push(...(known ? [known.order < place.order ? known : place] : []))
        if (!known || known.order < place.order) this.#places.set(key, place)
        this.#taken.fill(1, block, block + place.blocks)
        this.#order = Math.max(this.#order, place.order)
      }
      block += found?.blocks ?? 1
    }
    for (const place of stale) this.#wipe(place)
  }
}

const readRecord = (all: Uint8Array<ArrayBuffer>, block: number): (Place & { readonly key: string }) | null => {
  const at = block * BLOCK_BYTES
  const view = new DataView(all.buffer, at)
  if (view.getUint32(0) !== MARK) return null
  const length = view.getUint32(4)
  if (at + HEAD_BYTES + length > all.length) return null
  const body = all.subarray(at + HEAD_BYTES, at + HEAD_BYTES + length)
  if (checksum(all.subarray(at + 4, at + 16), body).some((byte, i) => all[at + 16 + i] !== byte)) return null
  const [key, text] = JSON.parse(new TextDecoder().decode(body)) as [string, string]
  return { key, text, at: block, blocks: Math.ceil((HEAD_BYTES + length) / BLOCK_BYTES), order: view.getFloat64(8) }
}

const checksum = (head: Uint8Array, body: Uint8Array): Uint8Array => sha256(concatBytes(head, body)).subarray(0, CHECK_BYTES)
