/** Rows as the statement's author declares them: the one place where SQLite's untyped rows get a type. Tables are STRICT, so a declared column cannot hold another kind of value. */
import type { SQLInputValue, StatementSync } from 'node:sqlite'

export const oneRow = <Row>(statement: StatementSync, ...values: readonly SQLInputValue[]): Row | null =>
  (statement.get(...values) as Row | undefined) ?? null

export const allRows = <Row>(statement: StatementSync, ...values: readonly SQLInputValue[]): readonly Row[] =>
  statement.all(...values) as readonly unknown[] as readonly Row[]
