/** What devices say of the room on their disks. */
import type { Migration } from '../database/migration.ts'

export const DEVICE_STORAGE_TABLES: Migration = { name: 'device-storage-1', sql: 'ALTER TABLE device_report ADD COLUMN storage TEXT' }
