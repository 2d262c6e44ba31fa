/** The category tree of the demo shop, in a shopper's words, and where each shelf stands. */
import type { Category } from '#shared/catalogue/product.ts'
import type { Localised } from '#shared/kernel/language.ts'

type Branch = { readonly id: string; readonly name: Localised; readonly aisle: number; readonly leaves: readonly Leaf[] }
type Leaf = { readonly id: string; readonly name: Localised; readonly aisle?: number }

const leaf = (id: string, de: string, en: string): Leaf => ({ id, name: { de, en } })

const TREE: readonly Branch[] = [
  {
    id: 'produce',
    name: { de: 'Obst & Gemüse', en: 'Fruit & vegetables' },
    aisle: 1,
    leaves: [leaf('fruit', 'Obst', 'Fruit'), leaf('vegetables', 'Gemüse & Pilze', 'Vegetables & mushrooms'), leaf('salad', 'Salat & Sprossen', 'Salad & sprouts')],
  },
  {
    id: 'bakery',
    name: { de: 'Brot & Kuchen', en: 'Bread & cakes' },
    aisle: 2,
    leaves: [leaf('bread', 'Brot & Knabbergebäck', 'Bread & breadsticks'), leaf('cakes', 'Kuchen', 'Cakes')],
  },
  {
    id: 'dairy',
    name: { de: 'Milch, Käse & Eier', en: 'Dairy, cheese & eggs' },
    aisle: 3,
    leaves: [
      leaf('milk-butter', 'Milch, Sahne & Butter', 'Milk, cream & butter'),
      leaf('yoghurt-desserts', 'Joghurt, Quark & Desserts', 'Yoghurt, curd & desserts'),
      leaf('cheese', 'Käse', 'Cheese'),
      leaf('eggs', 'Eier', 'Eggs'),
    ],
  },
  {
    id: 'meat-fish',
    name: { de: 'Fleisch & Fisch', en: 'Meat & fish' },
    aisle: 4,
    leaves: [leaf('meat', 'Fleisch', 'Meat'), leaf('sausages', 'Wurst & Salami', 'Sausages & salami'), leaf('fish', 'Fisch & Räucherfisch', 'Fish & smoked fish')],
  },
  {
    id: 'ready',
    name: { de: 'Frisch & schnell', en: 'Fresh & quick' },
    aisle: 5,
    leaves: [leaf('fresh-pasta', 'Frische Pasta & Teige', 'Fresh pasta & dough'), leaf('sandwiches', 'Sandwiches', 'Sandwiches')],
  },
  {
    id: 'frozen',
    name: { de: 'Tiefkühl', en: 'Frozen' },
    aisle: 6,
    leaves: [leaf('ice-cream', 'Eis', 'Ice cream'), leaf('frozen-fish', 'Fisch & Garnelen', 'Fish & prawns'), leaf('frozen-sides', 'Suppeneinlagen', 'Soup garnishes')],
  },
  {
    id: 'pantry',
    name: { de: 'Vorrat', en: 'Pantry' },
    aisle: 7,
    leaves: [
      leaf('pasta-rice', 'Nudeln & Reis', 'Pasta & rice'),
      leaf('oil-vinegar', 'Öl & Essig', 'Oil & vinegar'),
      leaf('tins-soups', 'Konserven & Suppen', 'Tins & soups'),
      leaf('muesli', 'Müsli', 'Muesli'),
      leaf('baking', 'Mehl & Backen', 'Flour & baking'),
      leaf('nuts', 'Nüsse & Trockenfrüchte', 'Nuts & dried fruit'),
    ],
  },
  {
    id: 'drinks',
    name: { de: 'Getränke', en: 'Drinks' },
    aisle: 8,
    leaves: [leaf('juice', 'Saft & Schorle', 'Juice & spritzers'), leaf('tonic', 'Tonic & Limonade', 'Tonic & lemonade'), leaf('plant-drinks', 'Pflanzendrinks', 'Plant drinks')],
  },
]

const toCategory = (id: string, parent: string | null, name: Localised, order: number): Category => ({
  id,
  parent,
  name,
  picture: `/pictures/category-${id}.svg`,
  order,
})

export const DEMO_CATEGORIES: readonly Category[] = TREE.flatMap((branch, i) => [
  toCategory(branch.id, null, branch.name, i + 1),
  ...branch.leaves.map((leaf, k) => toCategory(leaf.id, branch.id, leaf.name, k + 1)),
])

/** Aisle of a category: that of its branch. */
export const AISLES: ReadonlyMap<string, number> = new Map(
  TREE.flatMap((branch) => [branch, ...branch.leaves].map(({ id }) => [id, branch.aisle] as const)),
)
