/** The digest that events alone had; every row of every table has one now. */
import type { Migration } from '../database/migration.ts'

export const EVENT_DIGEST_GONE: Migration = { name: 'event-digest-gone-1', sql: 'ALTER TABLE event DROP COLUMN digest' }
