/** All schema steps in order. New steps are appended; an applied step never changes. */
import { ALLOTMENT_TABLES } from './allotment-tables.ts'
import { CHECKOUT_TABLES } from './checkout-tables.ts'
import { COPIED_TABLES } from './copied-tables.ts'
import { DEVICE_TABLES } from './device-tables.ts'
import { DEVICE_STORAGE_TABLES } from './device-storage-tables.ts'
import { EVENT_DIGEST_GONE } from './event-digest-gone.ts'
import { FEEDBACK_SAID, FEEDBACK_TABLES } from './feedback-tables.ts'
import { HUB_TABLES } from './hub-tables.ts'
import type { Migration } from './migration.ts'
import { NUMBER_RUNS } from './number-runs.ts'
import { PARITY_TABLES } from './parity-tables.ts'
import { RELEASE_TABLES } from './release-tables.ts'
import { REVIEW_TABLES } from './review-tables.ts'
import { SHOP_TABLES } from './shop-tables.ts'
import { STREAM_TABLES } from './stream-tables.ts'
import { PRICE_TABLES } from './price-tables.ts'

export const MIGRATIONS: readonly Migration[] = [HUB_TABLES, CHECKOUT_TABLES, FEEDBACK_TABLES, DEVICE_TABLES, ALLOTMENT_TABLES, EVENT_DIGEST_GONE, PRICE_TABLES, REVIEW_TABLES, RELEASE_TABLES, FEEDBACK_SAID, STREAM_TABLES, COPIED_TABLES, DEVICE_STORAGE_TABLES, NUMBER_RUNS, SHOP_TABLES, PARITY_TABLES]
