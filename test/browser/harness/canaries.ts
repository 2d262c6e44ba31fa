/** Words that nothing but one visit has, and every place where they could be found afterwards. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CDPSession, Page } from 'playwright-core'

/** `open`: what a manager is meant to read; everything else is nobody's. */
export const CANARIES = {
  searched: 'wortsuchezqx',
  offerCode: 'KODEZQX77',
  basketCode: 'ZQXK4Z',
  scanned: '4099776655443',
  open: 'schlangezqx',
  name: 'Zwiebelzqx',
  mail: 'mail.zqx@example.org',
  phone: '01709988776',
  contact: 'kontakt.zqx@example.org',
} as const
export type Canary = keyof typeof CANARIES
export const COMMENT = `Die ${CANARIES.open} war lang, sagt Frau ${CANARIES.name}, ${CANARIES.mail}, 0170 9988776.`

/** Canaries in a text, whatever its case, spaces aside. */
export const canariesIn = (text: string): readonly Canary[] => {
  const dense = text.toLowerCase().replaceAll(/\s/g, '').replaceAll('\0', '')
  return (Object.keys(CANARIES) as Canary[]).filter((name) => dense.includes(CANARIES[name].toLowerCase()))
}

/** One line for each canary and the file it lies in; also written with two bytes a letter. */
export const canariesInFiles = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const file = join(entry.parentPath, entry.name)
      return canariesIn(bytesOf(file)).map((name) => `${name} in ${file.slice(folder.length)}`)
    })

/** Of a file that went while others were read, nothing. */
export const bytesOf = (file: string): string => {
  try {
    return readFileSync(file).toString('latin1')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

/** All that a page holds or can reach: what it shows, its fields, addresses, storages, private files, caches. */
export const textOfPage = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const parts: string[] = [document.documentElement.outerHTML, document.title, location.href, document.referrer, window.name, JSON.stringify(history.state), document.cookie, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })]
    for (const field of document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')) parts.push(field.value)
    parts.push(...performance.getEntries().map((entry) => entry.name))
    const asked = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error))
      })
    for (const { name: database } of await indexedDB.databases()) {
      const open = await asked(indexedDB.open(database!))
      for (const store of open.objectStoreNames) parts.push(JSON.stringify(await asked(open.transaction(store).objectStore(store).getAll())))
      open.close()
    }
    const textOf = async (handle: FileSystemFileHandle): Promise<string> => {
      try {
        const file = await handle.getFile()
        return file.size < 2_000_000 ? await file.text() : ''
      } catch {
        return ''
      }
    }
    const read = async (folder: FileSystemDirectoryHandle): Promise<void> => {
      for await (const handle of (folder as unknown as { values(): AsyncIterable<FileSystemHandle> }).values()) {
        if (handle.kind === 'directory') await read(handle as FileSystemDirectoryHandle)
        else parts.push(await textOf(handle as FileSystemFileHandle))
      }
    }
    await read(await navigator.storage.getDirectory())
    for (const cache of await caches.keys()) parts.push(...(await (await caches.open(cache)).keys()).map(({ url }) => url))
    return parts.join('\n')
  })

/** Every text that the page's scripts still hold, after what nobody holds was thrown away. */
export const textOfHeap = async (cdp: CDPSession): Promise<string> => {
  const chunks: string[] = []
  cdp.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  await cdp.send('HeapProfiler.enable')
  for (let i = 0; i < 3; i++) await cdp.send('HeapProfiler.collectGarbage')
  await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  return (JSON.parse(chunks.join('')) as { readonly strings: readonly string[] }).strings.join('\n')
}
