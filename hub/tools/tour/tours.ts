/** All tours, in the order of a shopper's day. */
import { shopperTour } from './shopper-tour.ts'
import type { Tour } from './tour.ts'

export const TOURS: readonly Tour[] = [shopperTour]
