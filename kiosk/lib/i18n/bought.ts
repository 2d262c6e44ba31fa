/** Words about what others bought too, and why it stands there. */
import { defineTexts } from './texts.ts'

export const boughtText = defineTexts({
  de: {
    title: 'Andere Kunden kauften auch',
    goesWith: 'Passt dazu',
    why: 'Warum diese Artikel?',
    from: (n: string, of: string, day: string) => `Von ${n} Körben mit ${of} (Stand ${day}) enthielten`,
    counted: (both: string, name: string) => `${both} auch ${name}`,
    byHand: (name: string) => `${name}: vom Markt empfohlen`,
    nobody: 'Gezählt werden Körbe, keine Personen: Wessen Korb es war, wird nicht festgehalten.',
    demo: 'Vorführdaten: Diese Körbe sind erfunden.',
  },
  en: {
    title: 'Other customers also bought',
    goesWith: 'Goes well with it',
    why: 'Why these items?',
    from: (n: string, of: string, day: string) => `Of ${n} baskets with ${of} (as of ${day})`,
    counted: (both: string, name: string) => `${both} also held ${name}`,
    byHand: (name: string) => `${name}: recommended by the store`,
    nobody: 'Baskets are counted, not people: whose they were is not kept.',
    demo: 'Demonstration data: these baskets are made up.',
  },
  simple: {
    de: { title: 'Das kaufen andere auch', nobody: 'Wir zählen Körbe, keine Menschen.' },
    en: { title: 'Others buy this too', nobody: 'We count baskets, not people.' },
  },
})
