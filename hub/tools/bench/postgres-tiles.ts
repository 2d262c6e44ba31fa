/** The same question put to PostgreSQL, where it is installed: as many answers made in it, an index that holds all the question needs, and its own word for how long it took. */
import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { quantile } from './measure.ts'

const BIN = process.env['POSTGRES_BIN'] ?? '/usr/lib/postgresql/15/bin'
const ROUNDS = 15

/** Milliseconds at the 95th percentile; null where there is no PostgreSQL. Its server refuses to run as the machine's administrator, so it runs as its own user there. */
export const askPostgres = async (n: number, span: number): Promise<number | null> => {
  if (!existsSync(join(BIN, 'initdb'))) return null
  const folder = mkdtempSync(join(tmpdir(), 'einklang-bench-pg-'))
  const as = userOf('postgres')
  if (as) chownSync(folder, as.uid, as.gid)
  const run = (command: string, args: readonly string[], input = ''): string => {
    const done = spawnSync(join(BIN, command), args, { encoding: 'utf8', input, env: { PATH: process.env['PATH'], LC_ALL: 'C' }, cwd: folder, ...(as && { uid: as.uid, gid: as.gid }) })
    if (done.status !== 0) throw new Error(`${command}: ${done.stderr}`)
    return done.stdout
  }
  const data = join(folder, 'data')
  try {
    run('initdb', ['-D', data, '-U', 'bench', '--no-sync', '-A', 'trust'])
    // No port at all: a socket in the folder.
    run('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'log'), '-o', `-c listen_addresses= -c unix_socket_directories=${folder} -c fsync=off -c shared_buffers=1GB -c max_wal_size=8GB`, 'start'])
    const psql = (text: string): string => run('psql', ['-h', folder, '-U', 'bench', '-d', 'postgres', '-qAt', '-v', 'ON_ERROR_STOP=1'], text)
    psql(MAKE(n, span))
    const times = Array.from({ length: ROUNDS }, () => Number(/Execution Time: ([\d.]+) ms/.exec(psql(ASK(span)))![1]))
    run('pg_ctl', ['-D', data, '-m', 'immediate', 'stop'])
    return quantile(times.slice(2), 0.95)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const userOf = (name: string): { readonly uid: number; readonly gid: number } | null => {
  if (process.getuid?.() !== 0) return null
  const id = (flag: string): number => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout)
  return { uid: id('-u'), gid: id('-g') }
}

const MAKE = (n: number, span: number): string => `
  CREATE UNLOGGED TABLE feedback (id bigint PRIMARY KEY, touchpoint text NOT NULL, kind text NOT NULL, at bigint NOT NULL, score int NOT NULL);
  INSERT INTO feedback SELECT i, (ARRAY['exit', 'checkout', 'meat', 'bread', 'bottles', 'service'])[1 + floor(6 * random())::int], 'csat5', (i * ${span}::numeric / ${n})::bigint, 1 + floor(5 * sqrt(random()))::int FROM generate_series(1, ${n}) AS i;
  CREATE INDEX ON feedback (kind, touchpoint, at, score);
  VACUUM ANALYZE feedback;`

const ASK = (span: number): string => `EXPLAIN (ANALYZE, TIMING OFF) SELECT score, count(*) FROM feedback WHERE kind = 'csat5' AND touchpoint = 'meat' AND at >= ${Math.floor(span / 2)} AND at <= ${span} GROUP BY score;`
