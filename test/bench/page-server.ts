/** Serves one page of the bench and stands in for the peers' servers: `node test/bench/page-server.ts FILES FOLDER` with the page's files in one folder and its database in the other. Every answer to a write comes after SQLite has flushed it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

type Doc = { readonly [field: string]: string | undefined }

const [files, folder] = process.argv.slice(2)
const sql = new DatabaseSync(join(folder!, 'peer.sqlite'))
sql.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE doc (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, rev TEXT, body TEXT NOT NULL) STRICT')
const add = sql.prepare('INSERT INTO doc (id, rev, body) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING')
const has = sql.prepare('SELECT 1 FROM doc WHERE id = ? AND rev = ?')
const local = new Map<string, unknown>()

const store = (docs: readonly Doc[]): number => {
  sql.exec('BEGIN IMMEDIATE')
  const added = docs.reduce((sum, doc) => sum + Number(add.run(doc['_id'] ?? doc['id']!, doc['_rev'] ?? null, JSON.stringify(doc)).changes), 0)
  sql.exec('COMMIT')
  return added
}

/** As much of CouchDB as a one-way replication asks for. */
const couch = (method: string, path: string, body: string): { readonly status: number; readonly answer: unknown } => {
  if (path === '') return { status: 200, answer: { db_name: 'db', instance_start_time: '0', update_seq: 0, doc_count: 0 } }
  if (path === '/_revs_diff') {
    const asked = JSON.parse(body) as Record<string, readonly string[]>
    const missing = Object.entries(asked).map(([id, revs]) => [id, { missing: revs.filter((rev) => !has.get(id, rev)) }] as const).filter(([, lack]) => lack.missing.length > 0)
    return { status: 200, answer: Object.fromEntries(missing) }
  }
  if (path === '/_bulk_docs') {
    store((JSON.parse(body) as { readonly docs: readonly Doc[] }).docs)
    return { status: 201, answer: [] }
  }
  if (path.startsWith('/_local/') && method === 'PUT') {
    local.set(path, { ...(JSON.parse(body) as object), _rev: '0-1' })
    return { status: 201, answer: { ok: true, id: path.slice(1), rev: '0-1' } }
  }
  const known = path.startsWith('/_local/') ? local.get(path) : undefined
  return known ? { status: 200, answer: known } : { status: 404, answer: { error: 'not_found', reason: 'missing' } }
}

const readAll = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const path = decodeURIComponent((request.url ?? '/').split('?')[0]!)
  if (path === '/') return void response.setHeader('content-type', 'text/html').end('<!doctype html><meta charset="utf-8"><script type="module" src="/page.js"></script>')
  if (/^\/[\w-]+\.js$/.test(path)) return void response.setHeader('content-type', 'text/javascript').end(readFileSync(join(files!, path)))
  const body = await readAll(request)
  if (path === '/push') return void response.setHeader('content-type', 'application/json').end(JSON.stringify({ n: store(JSON.parse(body) as readonly Doc[]) }))
  if (!path.startsWith('/db')) return void response.writeHead(404).end()
  const { status, answer: said } = couch(request.method ?? 'GET', path.slice(3).replace(/\/$/, ''), body)
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said))
}

const http = createServer((request, response) => void answer(request, response))
process.once('disconnect', () => process.exit(0))
http.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${(http.address() as AddressInfo).port}\n`))
