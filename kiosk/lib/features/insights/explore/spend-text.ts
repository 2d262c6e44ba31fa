/** Words about mood and money. */
import { defineTexts } from '../../../i18n/texts.ts'

export const spendText = defineTexts({
  de: {
    title: 'Zufriedenheit und Einkauf',
    cause: 'Ein Zusammenhang, keine Ursache: Wer viel kauft, kann aus anderen Gründen zufriedener sein.',
    together: (words: string, rho: string, low: string, high: string) => `${words} (Rangkorrelation ${rho}, sicher zwischen ${low} und ${high}).`,
    more: 'Zufriedenere kaufen mehr', less: 'Zufriedenere kaufen weniger', open: 'Ob Zufriedenere mehr kaufen, lässt sich nicht sagen',
    known: (n: string, answers: string) => `Von ${n} der ${answers} Antworten ist der Warenkorb desselben Besuchs bekannt.`,
    none: 'Noch ist zu keiner Antwort der Warenkorb bekannt.',
    mood: 'Stimmung', unhappy: 'unzufrieden', neutral: 'mittel', happy: 'zufrieden',
    mean: 'Mittlerer Einkauf', median: 'Median', baskets: 'Körbe', tooFew: 'unter 5 Körben',
  },
  en: {
    title: 'Satisfaction and shopping',
    cause: 'A correlation, no cause: whoever buys much may be happier for other reasons.',
    together: (words: string, rho: string, low: string, high: string) => `${words} (rank correlation ${rho}, surely between ${low} and ${high}).`,
    more: 'The happier buy more', less: 'The happier buy less', open: 'Whether the happier buy more cannot be said',
    known: (n: string, answers: string) => `For ${n} of the ${answers} answers the basket of the same visit is known.`,
    none: 'For no answer is the basket known yet.',
    mood: 'Mood', unhappy: 'unhappy', neutral: 'neither', happy: 'happy',
    mean: 'Mean basket', median: 'Median', baskets: 'Baskets', tooFew: 'fewer than 5 baskets',
  },
})
