/** A file in memory with the disk's manners, and the journal's thread over it without a thread. */
import { BLOCK_BYTES, JournalBlocks, type BlockFile } from '#kiosk/lib/store/journal-blocks.ts'
import type { JournalOpened } from '#kiosk/lib/store/journal-worker.ts'
import type { JournalPort } from '#kiosk/lib/store/second-copy.ts'

export const FILLER = new Uint8Array(BLOCK_BYTES).fill(0xa5)

export class MemoryFile implements BlockFile {
  readonly bytes: Uint8Array
  flushes = 0
  constructor(blocks: number) {
    this.bytes = new Uint8Array(blocks * BLOCK_BYTES).fill(0xa5)
  }
  get size(): number {
    return this.bytes.length
  }
  read(into: Uint8Array, at: number): void {
    into.set(this.bytes.subarray(at, at + into.length))
  }
  write(from: Uint8Array, at: number): void {
    if (at + from.length > this.bytes.length) throw new Error('the file would have to grow')
    this.bytes.set(from, at)
  }
  flush(): void {
    this.flushes += 1
  }
}

export const journalOf = (file: BlockFile): JournalBlocks => new JournalBlocks(file, FILLER)

/** Each `open` is another page on the same file. */
export const memoryJournal = (file: MemoryFile, promised = true) => (): Promise<JournalPort> => {
  let journal: JournalBlocks | null = null
  return Promise.resolve(async (ask) => {
    if (ask.do === 'open') {
      journal = journalOf(file)
      return { records: journal.records, promised } satisfies JournalOpened
    }
    return ask.do === 'put' ? journal!.put(ask.records) : journal!.remove(ask.keys)
  })
}
