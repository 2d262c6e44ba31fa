/** Words for taking the basket onto a kiosk. */
import { defineTexts } from '../lib/i18n/texts.ts'

export const toKioskText = defineTexts({
  de: {
    toKiosk: 'Auf einen Kiosk',
    packing: 'Der Code wird erstellt',
    how: 'Tippen Sie am Kiosk auf „Korb vom Handy holen“ und halten Sie diesen Code an den Scanner.',
    qrLabel: 'QR-Code für den Scanner am Kiosk',
    typed: 'Kein Scanner da? Tippen Sie dort ein:',
    same: (price: string) => `Dort wie hier: ${price}. Ihr Korb bleibt auch auf dem Handy.`,
    refused: 'Diesen Korb gibt es nicht mehr für einen Kiosk.',
    busy: 'Gerade sind viele im Shop. Bitte in einer Minute noch einmal.',
    lost: 'Keine Verbindung. Der Code ist noch nicht da.',
  },
  en: {
    toKiosk: 'Onto a kiosk',
    packing: 'Preparing the code',
    how: 'On the kiosk, tap “Get your basket from the phone” and hold this code to the scanner.',
    qrLabel: 'QR code for the scanner of the kiosk',
    typed: 'No scanner there? Type in:',
    same: (price: string) => `There as here: ${price}. Your basket stays on the phone, too.`,
    refused: 'This basket can no longer go onto a kiosk.',
    busy: 'Many people are in the shop. Please try again in a minute.',
    lost: 'No connection. The code is not here yet.',
  },
})
