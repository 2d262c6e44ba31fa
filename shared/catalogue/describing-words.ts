/** Words that describe a thing and name none: colours, sizes, ways of making. */
import { foldedWords } from './fold-text.ts'

const GERMAN = 'weiß rot grün gelb schwarz braun blau hell dunkel frisch groß klein fein mild scharf süß sauer warm kalt natur naturbelassen gebraten gekocht geräuchert gerieben mariniert trocken extra neu gut best ganz halb'
const ENGLISH = 'white red green yellow black brown blue fresh large small big fine mild hot sweet sour warm cold plain cooked smoked ground grated dry extra new good best whole half'
const UNCHANGED = 'bio organic vegan vegetarisch vegetarian'
const ENDINGS = ['', 'e', 'er', 'es', 'en', 'em']

const describing: ReadonlySet<string> = new Set([
  ...foldedWords(GERMAN).flatMap((word) => ENDINGS.map((ending) => word + ending)),
  ...foldedWords(`${ENGLISH} ${UNCHANGED}`),
])

/** Whether a folded word only describes, however it is inflected. */
export const isDescribing = (word: string): boolean => describing.has(word)
