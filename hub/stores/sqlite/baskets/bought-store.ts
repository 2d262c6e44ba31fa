/** Rules and decisions about recommendations in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import type { BoughtRules, BoughtStore } from '#hub/ports/bought-store.ts'
import { millis } from '#shared/kernel/time.ts'
import { targetKey, type BoughtChoice, type BoughtTarget } from '#shared/protocol/bought.ts'
import { allRows, oneRow } from '../database/rows.ts'

export const sqliteBoughtStore = (sql: DatabaseSync): BoughtStore => {
  const rules = sql.prepare('SELECT at, rules FROM bought_rules')
  const keepRules = sql.prepare('INSERT INTO bought_rules (one, at, rules) VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE SET at = excluded.at, rules = excluded.rules')
  const choices = sql.prepare('SELECT choice, at FROM bought_choice ORDER BY target')
  const keep = sql.prepare('INSERT INTO bought_choice (target, choice, at) VALUES (?, ?, ?) ON CONFLICT (target) DO UPDATE SET choice = excluded.choice, at = excluded.at')
  const drop = sql.prepare('DELETE FROM bought_choice WHERE target = ?')
  return {
    rules: () => {
      const row = oneRow<{ readonly at: number; readonly rules: string }>(rules)
      return row && { at: millis(row.at), rules: JSON.parse(row.rules) as BoughtRules }
    },
    keepRules: (found, at) => void keepRules.run(at, JSON.stringify(found)),
    choices: () =>
      allRows<{ readonly choice: string; readonly at: number }>(choices).map(({ choice, at }) => Object.assign(JSON.parse(choice) as { readonly target: BoughtTarget; readonly choice: BoughtChoice }, { at })),
    keepChoice: (target, choice, at) => void (choice === null ? drop.run(targetKey(target)) : keep.run(targetKey(target), JSON.stringify({ target, choice }), at)),
  }
}
