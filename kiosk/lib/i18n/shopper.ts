/** Words of the shopper's path: browse, thanks. */
import { defineTexts } from './texts.ts'

export const shopperText = defineTexts({
  de: {
    homeTitle: 'Was suchen Sie?',
    fromPhone: 'Korb vom Handy holen',
    outOfOrder: 'Dieses Gerät macht gerade Pause',
    outOfOrderHint: 'Bitte wenden Sie sich an das Personal.',
    thanksTitle: 'Vielen Dank für Ihren Besuch',
    thanksBasket: 'Ihr Korb ist jetzt auf Ihrem Handy.',
    thanksAnswer: 'Ihre Antwort ist gespeichert.',
    thanksCleared: 'Gleich ist auf diesem Bildschirm nichts mehr von Ihnen zu sehen.',
    rateVisit: 'Wie war es heute?',
    finish: 'Beenden',
    keepShopping: 'Weiter einkaufen',
    notOnDevice: 'Diesen Artikel führt dieser Markt nicht.',
  },
  en: {
    homeTitle: 'What are you looking for?',
    fromPhone: 'Get your basket from the phone',
    outOfOrder: 'This device is taking a break',
    outOfOrderHint: 'Please ask a member of staff.',
    thanksTitle: 'Thank you for your visit',
    thanksBasket: 'Your basket is now on your phone.',
    thanksAnswer: 'Your answer is saved.',
    thanksCleared: 'In a moment nothing of yours will be left on this screen.',
    rateVisit: 'How was it today?',
    finish: 'Finish',
    keepShopping: 'Continue shopping',
    notOnDevice: 'This store does not carry that item.',
  },
  simple: {
    de: { homeTitle: 'Was möchten Sie?', rateVisit: 'Wie war es?' },
    en: { homeTitle: 'What do you want?', rateVisit: 'How was it?' },
  },
})
