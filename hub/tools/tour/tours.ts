/** All tours, in the order of a shopper's day. */
import { boardTour } from './board-tour.ts'
import { checkoutTour } from './checkout-tour.ts'
import { managerTour } from './manager-tour.ts'
import { phoneTour } from './phone-tour.ts'
import { receiptTour } from './receipt-tour.ts'
import { shopperTour } from './shopper-tour.ts'
import { staffTour } from './staff-tour.ts'
import type { Tour } from './tour.ts'

export const TOURS: readonly Tour[] = [shopperTour, checkoutTour, receiptTour, phoneTour, staffTour, managerTour, boardTour]
