/** Words for answers that customers have named themselves. */
import { defineTexts } from '../../lib/i18n/texts.ts'

export const wordOptionsText = defineTexts({
  de: {
    fromComments: 'Aus Kommentaren vorschlagen',
    fromCommentsHint: 'Worüber Kunden von sich aus schreiben, mit der Zahl der Kommentare. Ihre Worte bleiben unter „Verstehen“ so, wie sie geschrieben wurden.',
    fromCommentsNone: 'In den Kommentaren steht nichts, was hier noch fehlt.',
    fromCommentsFailed: 'Die Kommentare kennt nur der Rechner im Markt. Bitte noch einmal, wenn die Verbindung da ist.',
    takeAnswer: (words: string, n: number) => `Als Antwort übernehmen: ${words}, ${n} Kommentare`,
    asWritten: (words: string) => `„${words}“`,
  },
  en: {
    fromComments: 'Suggest from comments',
    fromCommentsHint: 'What customers write about of their own accord, with the number of comments. Their words stay under “Understand” as they were written.',
    fromCommentsNone: 'There is nothing in the comments that is still missing here.',
    fromCommentsFailed: 'Only the computer in the store knows the comments. Please try again once the connection is there.',
    takeAnswer: (words: string, n: number) => `Take over as an answer: ${words}, ${n} comments`,
    asWritten: (words: string) => `“${words}”`,
  },
})
