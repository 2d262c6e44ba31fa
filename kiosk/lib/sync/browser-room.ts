/** The browser's room on the disk: private files, or cache entries where there are none, the pictures, and its promise to keep our data. */
import type { Laid, Room, RoomFiles } from '../store/room-files.ts'

/** Also of the other apps of this origin: they share one disk and one reserve. */
const CACHE = 'einklang-room'
const BLOCK_BYTES = 65_536
const PICTURES = '/pictures/'
const ANSWER_MS = 4000

export const browserRoom = (): Room => ({ files: 'createWritable' in (globalThis.FileSystemFileHandle?.prototype ?? {}) ? privateFiles : 'caches' in globalThis ? cachedFiles : noFiles, pictures: { drop, restore }, promise })

/** Not zeros: some disks store those for nothing. One block named many times, so that no thread of the page carries the megabytes. */
const filler = (bytes: number): Blob => {
  const block = new Blob([crypto.getRandomValues(new Uint8Array(BLOCK_BYTES))])
  const whole = Array.from({ length: Math.floor(bytes / BLOCK_BYTES) }, () => block)
  return new Blob([...whole, block.slice(0, bytes % BLOCK_BYTES)])
}

const privateFiles: RoomFiles = {
  lay: async (name, bytes) => {
    try {
      const folder = await navigator.storage.getDirectory()
      const file = await folder.getFileHandle(name, { create: true })
      const writer = await file.createWritable()
      try {
        await writer.write(filler(bytes))
        await writer.close()
      } catch (error) {
        await writer.abort().catch(() => undefined)
        throw error
      }
      return 'laid'
    } catch (error) {
      return refusal(error)
    }
  },
  remove: async (name) => {
    const folder = await navigator.storage.getDirectory().catch(() => null)
    await folder?.removeEntry(name).catch(() => undefined)
  },
  has: async (name) => {
    try {
      const file = await (await (await navigator.storage.getDirectory()).getFileHandle(name)).getFile()
      return file.size > 0
    } catch {
      return false
    }
  },
}

const cachedFiles: RoomFiles = {
  lay: async (name, bytes) => {
    try {
      await (await caches.open(CACHE)).put(`/${name}`, new Response(filler(bytes)))
      return 'laid'
    } catch (error) {
      return refusal(error)
    }
  },
  remove: async (name) => void (await caches.open(CACHE).then((cache) => cache.delete(`/${name}`)).catch(() => false)),
  has: async (name) => (await caches.match(`/${name}`, { cacheName: CACHE }).catch(() => undefined)) !== undefined,
}

const noFiles: RoomFiles = { lay: async () => 'unknown', remove: async () => undefined, has: async () => false }

/** A browser that forbids such files says nothing about the disk. */
const refusal = (error: unknown): Laid => (error instanceof DOMException && (error.name === 'SecurityError' || error.name === 'NotAllowedError') ? 'unknown' : 'full')

const drop = async (): Promise<number> => {
  if (!('caches' in globalThis)) return 0
  let dropped = 0
  for (const name of await caches.keys().catch(() => [])) {
    const cache = await caches.open(name)
    const pictures = (await cache.keys()).filter(({ url }) => new URL(url).pathname.startsWith(PICTURES))
    for (const picture of pictures) if (await cache.delete(picture)) dropped += 1
  }
  return dropped
}

/** By the worker's own list, so also what an earlier page has dropped comes back. */
const restore = async (): Promise<boolean> => {
  const registration = 'serviceWorker' in navigator ? await navigator.serviceWorker.getRegistration() : undefined
  if (!registration?.active) return true
  const name = (await caches.keys()).find((one) => one.includes('precache') && one.endsWith(registration.scope))
  if (name === undefined) return true
  const cache = await caches.open(name)
  const wanted = (await listOf(registration.active)).filter((url) => new URL(url).pathname.startsWith(PICTURES))
  const held = new Set((await cache.keys()).map(({ url }) => url))
  for (const url of wanted.filter((one) => !held.has(one))) {
    const reply = await fetch(url).catch(() => null)
    if (!reply?.ok) return false
    await cache.put(url, reply)
  }
  return true
}

const listOf = (worker: ServiceWorker): Promise<readonly string[]> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    setTimeout(() => resolve([]), ANSWER_MS)
    port1.addEventListener('message', ({ data }: MessageEvent<unknown>) => resolve(Array.isArray(data) ? data.filter((url) => typeof url === 'string') : []))
    port1.start()
    worker.postMessage({ type: 'LIST_PRECACHE' }, [port2])
  })

const promise: Room['promise'] = async () => {
  if (!('storage' in navigator)) return { persisted: null, usedBytes: null, quotaBytes: null }
  try {
    const persisted = (await navigator.storage.persisted()) || (await navigator.storage.persist())
    const { usage, quota } = await navigator.storage.estimate()
    return { persisted, usedBytes: usage ?? null, quotaBytes: quota ?? null }
  } catch {
    return { persisted: null, usedBytes: null, quotaBytes: null }
  }
}
