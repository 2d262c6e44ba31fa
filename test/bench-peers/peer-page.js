/* Runs in a browser: the same taps out of the peers' own storages over their own replication, until the server has them on disk. */
import PouchDB from 'pouchdb-browser'
import { createRxDatabase } from 'rxdb'
import { replicateRxCollection } from 'rxdb/plugins/replication'
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie'

const BATCH = 1000

const tapsOf = (count) => {
  const beganAt = Date.now() - count * 30_000
  return Array.from({ length: count }, (_, i) => ({ id: `${(beganAt + i * 30_000).toString(16).padStart(12, '0')}-${crypto.randomUUID()}`, at: beganAt + i * 30_000, response: `r-${crypto.randomUUID().slice(0, 16)}`, touchpoint: 'kiosk', survey: 'visit', question: 'mood', kind: 'csat5', value: 1 + (i % 5) }))
}

const pouchdb = async (count) => {
  const db = new PouchDB(`p${Date.now()}`)
  await db.bulkDocs(tapsOf(count).map(({ id, ...rest }) => Object.assign(rest, { _id: id })))
  const remote = new PouchDB(`${location.origin}/db`)
  const startedAt = performance.now()
  const { docs_written: written } = await db.replicate.to(remote, { batch_size: BATCH, batches_limit: 10 })
  return { ms: performance.now() - startedAt, written }
}

const SCHEMA = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: { type: 'string', maxLength: 60 }, at: { type: 'number' }, response: { type: 'string' }, touchpoint: { type: 'string' }, survey: { type: 'string' }, question: { type: 'string' }, kind: { type: 'string' }, value: { type: 'number' } },
}

const rxdb = async (count) => {
  const db = await createRxDatabase({ name: `rx${Date.now()}`, storage: getRxStorageDexie(), multiInstance: false })
  await db.addCollections({ taps: { schema: SCHEMA } })
  await db.taps.bulkInsert(tapsOf(count))
  let written = 0
  const startedAt = performance.now()
  const replication = replicateRxCollection({
    collection: db.taps,
    replicationIdentifier: 'bench',
    live: false,
    push: {
      batchSize: BATCH,
      handler: async (rows) => {
        const docs = rows.map(({ newDocumentState }) => newDocumentState)
        const answer = await fetch('/push', { method: 'POST', body: JSON.stringify(docs) })
        written += (await answer.json()).n
        return []
      },
    },
  })
  await replication.awaitInitialReplication()
  return { ms: performance.now() - startedAt, written }
}

Object.assign(globalThis, { peers: { pouchdb, rxdb } })
