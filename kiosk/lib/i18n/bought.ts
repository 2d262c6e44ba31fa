/** Words about what others bought too, and why it stands there. */
import { defineTexts } from './texts.ts'

export const boughtText = defineTexts({
  de: {
    title: 'Andere Kunden kauften auch',
    goesWith: 'Passt dazu',
    why: 'Warum diese Artikel?',
    counted: (name: string, both: number, n: number, of: string) => `${name}: in ${both} von ${n} Körben mit ${of}`,
    byHand: (name: string) => `${name}: vom Markt empfohlen`,
    nobody: 'Gezählt werden Körbe, keine Personen. Von Ihrem Besuch wird dafür nichts verwendet.',
    demo: 'Vorführdaten: Diese Körbe sind erfunden.',
  },
  en: {
    title: 'Other customers also bought',
    goesWith: 'Goes well with it',
    why: 'Why these items?',
    counted: (name: string, both: number, n: number, of: string) => `${name}: in ${both} of ${n} baskets with ${of}`,
    byHand: (name: string) => `${name}: recommended by the store`,
    nobody: 'Baskets are counted, not people. Nothing of your visit is used for this.',
    demo: 'Demonstration data: these baskets are made up.',
  },
  simple: {
    de: { title: 'Das kaufen andere auch', nobody: 'Wir zählen nur Körbe. Wir merken uns nichts über Sie.' },
    en: { title: 'Others buy this too', nobody: 'We only count baskets. We remember nothing about you.' },
  },
})
