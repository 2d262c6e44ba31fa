/** All schema steps in order. New steps are appended; an applied step never changes. */
import type { Migration } from './migration.ts'

export const MIGRATIONS: readonly Migration[] = []
