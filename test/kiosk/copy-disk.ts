/** A disk taken out and copied bit by bit: the same databases with the same rows and keys. */
import { newDisk, type Disk } from './node-surroundings.ts'

export const copyDisk = async (from: Disk): Promise<Disk> => {
  const to = newDisk()
  for (const { name, version } of await from.databases()) await copyDatabase(from, to, name!, version!)
  return to
}

const copyDatabase = async (from: Disk, to: Disk, name: string, version: number): Promise<void> => {
  const source = await done(from.open(name, version))
  const tables = await Promise.all([...source.objectStoreNames].map((store) => readTable(source, store)))
  source.close()
  const opening = to.open(name, version)
  opening.addEventListener('upgradeneeded', () => {
    for (const { store, keyPath, autoIncrement, indexes } of tables) {
      const made = opening.result.createObjectStore(store, { keyPath, autoIncrement })
      for (const index of indexes) made.createIndex(index.name, index.keyPath, index)
    }
  })
  const target = await done(opening)
  for (const { store, keyPath, rows } of tables) {
    const table = target.transaction(store, 'readwrite').objectStore(store)
    await Promise.all(rows.map(([key, value]) => done(keyPath === null ? table.put(value, key) : table.put(value))))
  }
  target.close()
}

const readTable = async (source: IDBDatabase, store: string) => {
  const table = source.transaction(store, 'readonly').objectStore(store)
  const { keyPath, autoIncrement } = table
  const indexes = [...table.indexNames].map((name) => table.index(name)).map(({ name, keyPath: path, unique, multiEntry }) => ({ name, keyPath: path, unique, multiEntry }))
  const [keys, values] = await Promise.all([done(table.getAllKeys()), done<unknown[]>(table.getAll())])
  return { store, keyPath, autoIncrement, indexes, rows: keys.map((key, i) => [key, values[i]] as const) }
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error))
  })
