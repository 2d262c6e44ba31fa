/** What devices say about offers they cannot compute. */
import type { Migration } from '../database/migration.ts'

export const DEVICE_TABLES: Migration = { name: 'devices-2', sql: 'ALTER TABLE device_report ADD COLUMN unread TEXT' }
