/** Words of the attract screen and of the bar below every screen: loaded before anything else. */
import { defineTexts } from './texts.ts'

export const attractText = defineTexts({
  de: {
    start: 'Einkauf beginnen',
    touchToStart: 'Bildschirm berühren, um zu beginnen',
    aids: 'Bedienhilfe',
    welcome: 'Guten Tag',
    toOffer: 'Angebot ansehen',
    questionOfTheDay: 'Frage des Tages',
    preparing: 'Das Sortiment wird geladen',
    preparingHint: 'Einmal mit dem Netz verbunden, bleibt alles auf diesem Gerät.',
    dots: (n: number, of: number) => `Anzeige ${n} von ${of}`,
    slide: (n: number) => `Anzeige ${n}`,
  },
  en: {
    start: 'Start shopping',
    touchToStart: 'Touch the screen to start',
    aids: 'Help with this screen',
    welcome: 'Welcome',
    toOffer: 'See the offer',
    questionOfTheDay: 'Question of the day',
    preparing: 'Loading the products',
    preparingHint: 'Once connected, everything stays on this device.',
    dots: (n: number, of: number) => `Slide ${n} of ${of}`,
    slide: (n: number) => `Slide ${n}`,
  },
  simple: {
    de: { start: 'Hier beginnen' },
    en: { start: 'Start here' },
  },
})
