/** A thread that does nothing but keep the second copy: only there may a browser's private files be written in place, and at once. */
import { BLOCK_BYTES, JournalBlocks, type BlockFile, type JournalRecord } from './journal-blocks.ts'

/** 16,384 blocks: some weeks of a kiosk that reaches no hub. */
export const JOURNAL_BYTES = 8 * 1024 * 1024
const LAY_BYTES = 65_536
/** A page has a file of its own; so many pages of one app can have one. */
const MOST_FILES = 4

export type JournalAsk =
  | { readonly do: 'open'; readonly app: string }
  | { readonly do: 'put'; readonly records: readonly JournalRecord[] }
  | { readonly do: 'remove'; readonly keys: readonly string[] }
/** `promised`: the browser does not clear it by itself when the disk runs full. */
export type JournalOpened = { readonly records: readonly JournalRecord[]; readonly promised: boolean }

let journal: JournalBlocks | null = null

const answer = async (ask: JournalAsk): Promise<unknown> => {
  if (ask.do === 'open') {
    const { folder, promised } = await ownFolder()
    const own = await openFirst(folder, ask.app)
    journal = new JournalBlocks(laid(own.file), filler(BLOCK_BYTES))
    await takeOver(folder, ask.app, own.n, journal)
    return { records: journal.records, promised } satisfies JournalOpened
  }
  if (!journal) throw new Error('not open')
  return ask.do === 'put' ? journal.put(ask.records) : journal.remove(ask.keys)
}

/** A bucket of its own: what the browser clears on a full disk, it clears bucket by bucket, and this one asks to be left alone. */
const ownFolder = async (): Promise<{ readonly folder: FileSystemDirectoryHandle; readonly promised: boolean }> => {
  const { storageBuckets } = navigator as Navigator & { readonly storageBuckets?: StorageBuckets }
  if (!storageBuckets) return { folder: await navigator.storage.getDirectory(), promised: await navigator.storage.persisted() }
  const bucket = await storageBuckets.open('einklang-journal', { persisted: true, durability: 'strict' })
  return { folder: await bucket.getDirectory(), promised: await bucket.persisted() }
}
type StorageBuckets = { open(name: string, options: object): Promise<{ getDirectory(): Promise<FileSystemDirectoryHandle>; persisted(): Promise<boolean> }> }

/** The first that no other page holds. */
const openFirst = async (folder: FileSystemDirectoryHandle, app: string): Promise<{ readonly n: number; readonly file: FileSystemSyncAccessHandle }> => {
  for (let n = 0; n < MOST_FILES; n++) {
    const file = await open(folder, `${app}-${n}`, true)
    if (file) return { n, file }
  }
  throw new Error('other pages hold every file')
}

/** What pages that are gone have left in theirs. */
const takeOver = async (folder: FileSystemDirectoryHandle, app: string, own: number, into: JournalBlocks): Promise<void> => {
  for (let n = 0; n < MOST_FILES; n++) {
    const file = n === own ? null : await open(folder, `${app}-${n}`, false)
    if (!file) continue
    const left = new JournalBlocks(blocksOf(file), filler(BLOCK_BYTES))
    const { records } = left
    if (into.put(records)) left.remove(records.map(({ key }) => key))
    file.close()
  }
}

/** Null if it is not there, or another page holds it. */
const open = async (folder: FileSystemDirectoryHandle, name: string, create: boolean): Promise<FileSystemSyncAccessHandle | null> => {
  try {
    return await (await folder.getFileHandle(name, { create })).createSyncAccessHandle()
  } catch (error) {
    if (error instanceof DOMException && (error.name === 'NotFoundError' || error.name === 'NoModificationAllowedError')) return null
    throw error
  }
}

/** Written full once, so that every block is on the disk; a file that could not be is laid again at the next start. */
const laid = (file: FileSystemSyncAccessHandle): BlockFile => {
  for (let at = Math.floor(file.getSize() / LAY_BYTES) * LAY_BYTES; at < JOURNAL_BYTES; at += LAY_BYTES) file.write(filler(LAY_BYTES), { at })
  file.flush()
  return blocksOf(file)
}

const blocksOf = (file: FileSystemSyncAccessHandle): BlockFile => ({
  size: file.getSize(),
  read: (into, at) => void file.read(into as Uint8Array<ArrayBuffer>, { at }),
  write: (from, at) => {
    if (file.write(from as Uint8Array<ArrayBuffer>, { at }) !== from.length) throw new Error('written in part')
  },
  flush: () => file.flush(),
})

const filler = (bytes: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(bytes))

addEventListener('message', ({ data }: MessageEvent<{ readonly id: number; readonly ask: JournalAsk }>) => {
  void answer(data.ask).then(
    (value) => postMessage({ id: data.id, value }),
    (error: unknown) => postMessage({ id: data.id, error: String(error) }),
  )
})
