/** Words of comparisons. */
import { defineTexts } from '../../../i18n/texts.ts'

export const compareText = defineTexts({
  de: {
    title: 'Vergleich',
    by: 'Vergleichen nach',
    touchpoint: 'Ort', device: 'Gerät', stage: 'Abschnitt des Einkaufs', segment: 'Kundengruppe', channel: 'Kanal', language: 'Sprache', question: 'Frage', hour: 'Uhrzeit', day: 'Tag', survey: 'Befragung',
    nobody: 'In dieser Auswahl hat noch niemand geantwortet.',
    none: (of: number) => (of === 0 ? 'Nichts hat genug Antworten für einen Vergleich.' : of === 1 ? 'Der eine Vergleich zeigt keinen Unterschied, der mehr wäre als Zufall.' : `Von ${of} Vergleichen zeigt keiner einen Unterschied, der mehr wäre als Zufall.`),
    some: (of: number, certain: number, likely: number) => {
      const parts = [certain > 0 ? `${certain === 1 ? 'einer' : certain} sicher` : '', likely > 0 ? `${likely === 1 ? 'einer' : likely} wahrscheinlich` : ''].filter(Boolean)
      return `Von ${of} ${of === 1 ? 'Vergleich' : 'Vergleichen'} ${(certain || likely) === 1 ? 'ist' : 'sind'} ${parts.join(' und ')} ein Unterschied.`
    },
    restNoise: 'Was sonst schwankt, kann Zufall sein.',
    better: 'besser als die anderen zusammen',
    worse: 'schlechter als die anderen zusammen',
    alike: 'kein Unterschied, der mehr wäre als Zufall',
    few: 'zu wenig Antworten für einen Vergleich',
    certain: 'sicher',
    likely: 'wahrscheinlich',
    difference: 'Unterschied zu den anderen',
    verdict: 'Was man sagen kann',
    differs: (points: string, low: string, high: string) => `${points} Punkte (${low} bis ${high})`,
    low: 'von', high: 'bis',
    formula: 'Jede Gruppe gegen alle anderen zusammen. „Wahrscheinlich“: Von allen so gemeldeten Unterschieden ist höchstens jeder zwanzigste Zufall (Benjamini und Hochberg). „Sicher“: Dass auch nur einer davon Zufall ist, kommt höchstens in einem von zwanzig Blicken vor (Holm).',
    unknown: 'ohne Angabe',
    before: 'vor dem Einkauf', during: 'beim Einkauf', after: 'nach dem Einkauf',
    kiosk: 'Kiosk', staff: 'Gespräch mit Personal', phone: 'eigenes Handy', shop: 'Online-Shop', import: 'eingelesen',
    de: 'Deutsch', en: 'Englisch',
  },
  en: {
    title: 'Comparison',
    by: 'Compare by',
    touchpoint: 'Place', device: 'Device', stage: 'Stage of shopping', segment: 'Kind of customer', channel: 'Channel', language: 'Language', question: 'Question', hour: 'Hour', day: 'Day', survey: 'Survey',
    nobody: 'Nobody has answered in this choice yet.',
    none: (of: number) => (of === 0 ? 'Nothing has enough answers for a comparison.' : of === 1 ? 'The one comparison shows no difference that is more than chance.' : `Of ${of} comparisons none shows a difference that is more than chance.`),
    some: (of: number, certain: number, likely: number) => {
      const parts = [certain > 0 ? `${certain} certainly` : '', likely > 0 ? `${likely} probably` : ''].filter(Boolean)
      return `Of ${of} ${of === 1 ? 'comparison' : 'comparisons'} ${parts.join(' and ')} ${certain + likely === 1 ? 'shows' : 'show'} a difference.`
    },
    restNoise: 'What else varies may be chance.',
    better: 'better than the others together',
    worse: 'worse than the others together',
    alike: 'no difference that is more than chance',
    few: 'too few answers for a comparison',
    certain: 'certainly',
    likely: 'probably',
    difference: 'Difference from the others',
    verdict: 'What can be said',
    differs: (points: string, low: string, high: string) => `${points} points (${low} to ${high})`,
    low: 'from', high: 'to',
    formula: 'Every group against all the others together. “Probably”: of all differences reported so, at most one in twenty is luck (Benjamini and Hochberg). “Certainly”: that even one of them is luck happens in at most one look in twenty (Holm).',
    unknown: 'not given',
    before: 'before shopping', during: 'while shopping', after: 'after shopping',
    kiosk: 'kiosk', staff: 'talk with staff', phone: 'own phone', shop: 'web shop', import: 'imported',
    de: 'German', en: 'English',
  },
})
