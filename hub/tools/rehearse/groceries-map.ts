/**
 * From the item names of a public basket file (169 items of one real grocer) to the shelves of the demo shop.
 * One shelf per item: its own where the shop has one, else nothing. Which article of the shelf it was the file does not say; the articles take
 * turns, so that a shelf is bought as evenly as its articles are many. Drinks with alcohol, household goods and everything else that the demo
 * shop does not sell stay unmapped and are counted.
 */

const SHELVES: { readonly [shelf: string]: string } = {
  fruit: 'citrus fruit, tropical fruit, pip fruit, grapes, berries, frozen fruits, canned fruit',
  vegetables: 'root vegetables, onions, other vegetables, packaged fruit/vegetables, frozen vegetables, specialty vegetables',
  salad: 'herbs',
  bread: 'rolls/buns, white bread, brown bread, roll products, semi-finished bread, zwieback, salty snack, snack products',
  cakes: 'pastry, long life bakery product, waffles, cake bar',
  'milk-butter': 'whole milk, butter, butter milk, whipped/sour cream, UHT-milk, condensed milk, cream, margarine, specialty fat, beverages',
  'yoghurt-desserts': 'curd, dessert, yogurt, pudding powder',
  cheese: 'soft cheese, sliced cheese, hard cheese, cream cheese, processed cheese, spread cheese, curd cheese, specialty cheese',
  eggs: 'domestic eggs',
  meat: 'meat, chicken, turkey, pork, beef, hamburger meat, frozen chicken',
  sausages: 'frankfurter, sausage, liver loaf, ham, organic sausage, meat spreads',
  fish: 'fish',
  'fresh-pasta': 'finished products, frozen meals, potato products, frozen potato products',
  sandwiches: 'tidbits',
  'ice-cream': 'ice cream, frozen dessert',
  'frozen-fish': 'frozen fish',
  'pasta-rice': 'pasta, rice',
  'oil-vinegar': 'vinegar, oil, salad dressing',
  'tins-soups': 'soups, ready soups, Instant food products, canned vegetables, canned fish, pickled vegetables',
  muesli: 'cereals',
  baking: 'flour, baking powder, cooking chocolate',
  nuts: 'nuts/prunes, nut snack',
  juice: 'fruit/vegetable juice',
  tonic: 'soda, misc. beverages',
}

/** Shelf by item. */
export const SHELF_OF_ITEM: ReadonlyMap<string, string> = new Map(Object.entries(SHELVES).flatMap(([shelf, items]) => items.split(', ').map((item) => [item, shelf] as const)))
