/** Rows as the statement's author declares them: the one place where SQLite's untyped rows get a type. Tables are STRICT, so a declared column cannot hold another kind of value. */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'

export const oneRow = <Row>(statement: StatementSync, ...values: readonly SQLInputValue[]): Row | null =>
  (statement.get(...values) as Row | undefined) ?? null

export const allRows = <Row>(statement: StatementSync, ...values: readonly SQLInputValue[]): readonly Row[] =>
  statement.all(...values) as readonly unknown[] as readonly Row[]

/** A statement over so many values, prepared when that many are first asked for. `?…` in the text stands for them: a batch has at most a hundred. */
export const overMany = (sql: DatabaseSync, text: string): ((n: number) => StatementSync) => {
  const known: StatementSync[] = []
  return (n) => (known[n] ??= sql.prepare(text.replace('?…', Array.from({ length: n }, () => '?').join(', '))))
}

/** Rows of one statement: fewer calls than rows, and few enough statements to keep. */
const CHUNKS = [20, 5, 1]

/** Adds rows of `width` values, some with one statement. `into`: all of the insert before its values. */
export const addMany = (sql: DatabaseSync, into: string, width: number): ((rows: readonly (readonly SQLInputValue[])[]) => void) => {
  const row = `(${Array.from({ length: width }, () => '?').join(', ')})`
  const statements = CHUNKS.map((n) => ({ n, add: sql.prepare(`${into} VALUES ${Array.from({ length: n }, () => row).join(', ')}`) }))
  return (rows) => {
    let from = 0
    for (const { n, add } of statements) for (; rows.length - from >= n; from += n) add.run(...rows.slice(from, from + n).flat())
  }
}
