/** The journal's thread in a browser; null where there are none, or no private files. */
import type { JournalPort } from '../store/second-copy.ts'

type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }
type Answer = { readonly id: number; readonly value?: unknown; readonly error?: string }

export const browserJournal = (): JournalPort | null => {
  if (!('createWritable' in (globalThis.FileSystemFileHandle?.prototype ?? {})) || !('Worker' in globalThis)) return null
  const worker = new Worker(new URL('../store/journal-worker.ts', import.meta.url), { type: 'module' })
  const waiting = new Map<number, Waiting>()
  let asked = 0
  worker.addEventListener('message', ({ data: { id, value, error } }: MessageEvent<Answer>) => {
    const one = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) one?.resolve(value)
    else one?.reject(new Error(error))
  })
  worker.addEventListener('error', () => {
    for (const { reject } of waiting.values()) reject(new Error('the thread ended'))
    waiting.clear()
  })
  return (ask) =>
    new Promise((resolve, reject) => {
      waiting.set(++asked, { resolve, reject })
      worker.postMessage({ id: asked, ask })
    })
}
