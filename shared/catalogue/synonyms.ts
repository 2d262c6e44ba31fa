/** Words that mean the same at the shelf: Austrian, Swiss and German kitchens, and how things are spelt. */
import { foldText } from './fold-text.ts'

const GROUPS: readonly string[] = [
  'schlagobers obers schlagsahne sahne rahm',
  'topfen quark',
  'marille marillen aprikose aprikosen',
  'erdapfel erdäpfel kartoffel kartoffeln',
  'paradeiser tomate tomaten',
  'vogerlsalat feldsalat rapunzel nüsslisalat',
  'karfiol blumenkohl',
  'kukuruz mais zuckermais',
  'fisolen bohnen',
  'ribisel ribiseln johannisbeere johannisbeeren',
  'zwetschke zwetschken zwetschge zwetschgen pflaume pflaumen',
  'kren meerrettich',
  'faschiertes hackfleisch hack gehacktes',
  'hendl hähnchen huhn hühner poulet',
  'germ hefe',
  'staubzucker puderzucker',
  'brösel paniermehl semmelbrösel',
  'semmel semmeln brötchen schrippe wecken weckle',
  'palatschinken pfannkuchen eierkuchen',
  'frittaten flädle',
  'rübe rüben bete',
  'gespritzt schorle spritzer',
  'jogurt joghurt yoghurt yogurt',
  'champignon champignons pilz pilze',
  'karotte karotten möhre möhren rüebli',
  'porree lauch',
  'würstel würstchen wurst',
  'eis eiscreme glace speiseeis',
  'ketchup ketschup',
  'garnelen shrimps krabben crevetten',
  'nudeln pasta teigwaren',
  'balsamico balsamessig',
  'limo limonade',
  'parmesan parmigiano',
]

const byWord = new Map<string, readonly string[]>()
for (const group of GROUPS) {
  const words = group.split(' ').map(foldText)
  for (const word of words) byWord.set(word, [...(byWord.get(word) ?? []), ...words.filter((other) => other !== word)])
}
const known = [...byWord.keys()].sort()

/** Shortest beginning of a word that is taken for it while typing. */
const MIN_PREFIX = 5

/** Folded words that mean the same as a folded word, or as the only known word it is the beginning of; without the word itself. */
export const synonymsOf = (word: string): readonly string[] => {
  const exact = byWord.get(word)
  if (exact) return exact
  if (word.length < MIN_PREFIX) return []
  const begun = known.filter((other) => other.startsWith(word))
  return [...new Set(begun.flatMap((other) => byWord.get(other)!))]
}
