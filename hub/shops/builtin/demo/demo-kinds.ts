/** What the 81 kinds of articles are: where they stand, how they are taxed, what else they are called, what goes with them. Written for the demo shop; the source knows none of it. */

export type DemoKind = {
  readonly category: string
  readonly taxRateBps: number
  readonly depositCents: number
  readonly synonyms: readonly string[]
  readonly goesWith: readonly string[]
}

/** Food (UStG § 12 (2) no. 1 with annex 2), milk and milk drinks included. */
const FOOD = 700
/** Juices, lemonades and plant drinks are not in annex 2. */
const DRINK = 1900
/** Deposit on a one-way bottle or can (VerpackG § 31). */
const ONE_WAY_DEPOSIT = 25

const kind = (category: string, synonyms: string, goesWith: string): DemoKind => ({
  category,
  taxRateBps: FOOD,
  depositCents: 0,
  synonyms: list(synonyms),
  goesWith: list(goesWith),
})
const drink = (category: string, synonyms: string, goesWith: string): DemoKind => ({ ...kind(category, synonyms, goesWith), taxRateBps: DRINK })
const bottled = (category: string, synonyms: string, goesWith: string): DemoKind => ({ ...drink(category, synonyms, goesWith), depositCents: ONE_WAY_DEPOSIT })
const list = (text: string): readonly string[] => (text === '' ? [] : text.split(', '))

export const DEMO_KINDS: { readonly [kind: string]: DemoKind } = {
  bananas: kind('fruit', 'Banane, Südfrüchte', 'berry-muesli, vanilla-yoghurt, spelt-drink'),
  nectarines: kind('fruit', 'Nektarine, Steinobst', 'vanilla-yoghurt, quark, cream'),
  apricots: kind('fruit', 'Aprikosen, Aprikose, Marille, Steinobst', 'quark, ground-hazelnuts, spelt-flour'),
  cherries: kind('fruit', 'Kirsche, Süßkirschen, Steinobst', 'cream, vanilla-yoghurt, chocolate-cake'),
  dates: kind('nuts', 'Dattel, Trockenobst', 'almonds, pistachios, berry-muesli'),
  almonds: kind('nuts', 'Mandel, Nüsse', 'dates, white-couverture, berry-muesli'),
  pistachios: kind('nuts', 'Pistazie, Nüsse, Knabberei', 'tonic, grissini, almonds'),
  rhubarb: kind('vegetables', 'Stangen, Kompott', 'cream, vanilla-yoghurt, spelt-flour'),
  'red-onions': kind('vegetables', 'Zwiebeln, rote Zwiebel', 'balsamic-vinegar, olive-oil, bratwurst'),
  mushrooms: kind('vegetables', 'Pilze, Champignons, Egerlinge', 'cream, risotto-rice, parmesan'),
  beetroot: kind('vegetables', 'Rote Bete, Rande, Rote Rübe', 'lambs-lettuce, ground-hazelnuts, balsamic-vinegar'),
  sweetcorn: kind('vegetables', 'Maiskolben, Kukuruz', 'bratwurst, yoghurt-butter, chicken-thigh'),
  'lambs-lettuce': kind('salad', 'Feldsalat, Rapunzel, Nüsslisalat', 'pumpkin-seed-oil, white-condimento, beetroot'),
  'bean-sprouts': kind('salad', 'Sojasprossen, Keimlinge, Mungbohnen', 'coconut-milk, party-prawns, chicken-thigh'),
  baguette: kind('bread', 'Brot, Weißbrot, Stangenbrot, white bread', 'yoghurt-butter, cheddar, olive-oil'),
  grissini: kind('bread', 'Brotstangen, Knabbergebäck', 'olive-oil, parmesan, salami'),
  'bread-cubes': kind('bread', 'Knödelbrot, Brotwürfel, Semmelknödel', 'eggs, mushrooms, cream'),
  'chocolate-cake': kind('cakes', 'Schokoladenkuchen, Gebäck', 'cream, vanilla-milk, cherries'),
  'marble-cake': kind('cakes', 'Rührkuchen, Gugelhupf', 'cream, vanilla-milk, apricots'),
  cream: kind('milk-butter', 'Schlagsahne, Sahne, Obers, Rahm', 'mushrooms, marble-cake, cherries'),
  'vanilla-milk': kind('milk-butter', 'Milchmischgetränk, Trinkmilch', 'chocolate-cake, egg-sandwich, bananas'),
  'yoghurt-butter': kind('milk-butter', 'Joghurtbutter, Butter', 'baguette, sweetcorn, eggs'),
  'butter-spread': kind('milk-butter', 'Streichbutter, Butter, Mischstreichfett, Margarine', 'baguette, eggs, smoked-salmon'),
  quark: kind('yoghurt-desserts', 'Quark, Speisequark, Magerquark', 'apricots, eggs, bananas'),
  'vanilla-yoghurt': kind('yoghurt-desserts', 'Vanillejoghurt, Jogurt', 'berry-muesli, cherries, bananas'),
  'apricot-yoghurt': kind('yoghurt-desserts', 'Fruchtjoghurt, Aprikose, Jogurt', 'berry-muesli, bananas, vanilla-yoghurt'),
  'protein-yoghurt': kind('yoghurt-desserts', 'Eiweiß, Skyr, Jogurt', 'berry-muesli, bananas, almonds'),
  tiramisu: kind('yoghurt-desserts', 'Nachtisch, Dessert, Süßspeise', 'filled-pasta, cherries, gnocchi'),
  mozzarella: kind('cheese', 'Pizzakäse, Caprese', 'pizza-dough, balsamic-vinegar, olive-oil'),
  parmesan: kind('cheese', 'Parmesan, Hartkäse, Reibekäse', 'fusilli, risotto-rice, gnocchi'),
  emmental: kind('cheese', 'Emmentaler, Schnittkäse', 'spaetzle, baguette, salami'),
  cheddar: kind('cheese', 'Scheibenkäse, Burgerkäse', 'baguette, bratwurst, butter-spread'),
  halloumi: kind('cheese', 'Grillkäse, Bratkäse', 'sweetcorn, lambs-lettuce, olive-oil'),
  eggs: kind('eggs', 'Ei, Hühnereier', 'bread-cubes, butter-spread, spelt-flour'),
  'pork-steak': kind('meat', 'Kotelett, Schweinesteak, Grillfleisch', 'bratwurst, sweetcorn, frying-oil'),
  'pork-fillet': kind('meat', 'Schweinefilet, Lende', 'mushrooms, cream, spaetzle'),
  'chicken-thigh': kind('meat', 'Hähnchen, Hendl, Geflügel', 'coconut-milk, risotto-rice, frying-oil'),
  bratwurst: kind('sausages', 'Bratwurst, Rostbratwurst, Grillwurst, Würstchen', 'sauerkraut, sweetcorn, baguette'),
  salami: kind('sausages', 'Aufschnitt, Wurst', 'baguette, emmental, grissini'),
  'smoked-trout': kind('fish', 'Forelle, Räucherforelle', 'baguette, butter-spread, lambs-lettuce'),
  'smoked-lake-trout': kind('fish', 'Forelle, Räucherfisch', 'baguette, butter-spread, lambs-lettuce'),
  'smoked-char': kind('fish', 'Saibling, Räucherfisch', 'baguette, butter-spread, lambs-lettuce'),
  'smoked-salmon': kind('fish', 'Lachs, Räucherlachs', 'baguette, butter-spread, eggs'),
  'sockeye-salmon': kind('fish', 'Lachs, Rotlachs', 'baguette, butter-spread, lambs-lettuce'),
  'filled-pasta': kind('fresh-pasta', 'Nudeln, Pasta, Maultaschen', 'parmesan, cream, olive-oil'),
  gnocchi: kind('fresh-pasta', 'Kartoffelnudeln, Pasta', 'parmesan, mozzarella, cream'),
  spaetzle: kind('fresh-pasta', 'Knöpfle, Nudeln, Käsespätzle', 'emmental, red-onions, pork-fillet'),
  'pizza-dough': kind('fresh-pasta', 'Pizza, Hefeteig, Germteig', 'mozzarella, salami, mushrooms'),
  'egg-sandwich': kind('sandwiches', 'Imbiss, belegt, Jause', 'vanilla-milk, apple-spritzer, bananas'),
  'ham-sandwich': kind('sandwiches', 'Imbiss, belegt, Jause', 'vanilla-milk, apple-spritzer, bananas'),
  'ice-cream-peanut': kind('ice-cream', 'Eiscreme, Speiseeis, Erdnuss', 'cherries, cream, ice-cream-caramel'),
  'ice-cream-caramel': kind('ice-cream', 'Eiscreme, Speiseeis, Karamell', 'nectarines, cream, ice-cream-peanut'),
  'fish-fingers': kind('frozen-fish', 'Fisch', 'cream, lambs-lettuce, frying-oil'),
  'breaded-fish': kind('frozen-fish', 'Fisch, paniert', 'lambs-lettuce, frying-oil, white-condimento'),
  'marinated-salmon': kind('frozen-fish', 'Fisch, Lachsfilet', 'risotto-rice, white-condimento, lambs-lettuce'),
  'wild-salmon': kind('frozen-fish', 'Fisch, Lachsfilet', 'risotto-rice, cream, lambs-lettuce'),
  'party-prawns': kind('frozen-fish', 'Shrimps, Krabben, Cocktailgarnelen', 'baguette, coconut-milk, olive-oil'),
  'pancake-strips': kind('frozen-sides', 'Flädle, Pfannkuchenstreifen, Suppeneinlage', 'vegetable-soup, eggs'),
  fusilli: kind('pasta-rice', 'Nudeln, Pasta, Spiralnudeln', 'parmesan, olive-oil, tuna'),
  'risotto-rice': kind('pasta-rice', 'Reis, Rundkornreis, Risotto', 'parmesan, mushrooms, olive-oil'),
  'olive-oil': kind('oil-vinegar', 'Speiseöl', 'balsamic-vinegar, fusilli, mozzarella'),
  'sunflower-oil': kind('oil-vinegar', 'Speiseöl', 'white-condimento, eggs, spelt-flour'),
  'rapeseed-oil': kind('oil-vinegar', 'Speiseöl, Raps', 'white-condimento, eggs, spelt-flour'),
  'frying-oil': kind('oil-vinegar', 'Speiseöl, Pfanne', 'pork-steak, chicken-thigh, fish-fingers'),
  'pumpkin-seed-oil': kind('oil-vinegar', 'Kernöl, Speiseöl', 'lambs-lettuce, white-condimento, beetroot'),
  'balsamic-vinegar': kind('oil-vinegar', 'Balsamessig, Balsamico, Essig', 'olive-oil, mozzarella, lambs-lettuce'),
  'white-condimento': kind('oil-vinegar', 'Weißer Balsamessig, Essig', 'pumpkin-seed-oil, olive-oil, lambs-lettuce'),
  tuna: kind('tins-soups', 'Dose, Thun, Fischkonserve', 'fusilli, red-onions, olive-oil'),
  sauerkraut: kind('tins-soups', 'Kraut, Weißkohl, Kohl', 'bratwurst, spaetzle, pork-steak'),
  'coconut-milk': kind('tins-soups', 'Kokosnussmilch, Curry', 'bean-sprouts, chicken-thigh, party-prawns'),
  'vegetable-soup': kind('tins-soups', 'Brühe, Bouillon, Suppenwürfel', 'pancake-strips, bread-cubes, risotto-rice'),
  'berry-muesli': kind('muesli', 'Cerealien, Frühstück, Granola', 'vanilla-yoghurt, bananas, spelt-drink'),
  'spelt-flour': kind('baking', 'Mehl, Vollkornmehl', 'eggs, ground-hazelnuts, yoghurt-butter'),
  'ground-hazelnuts': kind('baking', 'Haselnuss, Nüsse, Backzutaten', 'spelt-flour, white-couverture, eggs'),
  'white-couverture': kind('baking', 'Schokolade, weiße Schokolade, Glasur', 'ground-hazelnuts, almonds, cream'),
  'apple-berry-juice': drink('juice', 'Fruchtsaft, Beerensaft', 'tonic, ham-sandwich, berry-muesli'),
  'apple-spritzer': bottled('juice', 'Apfelschorle, Schorle, Apfelsaftschorle', 'ham-sandwich, egg-sandwich, pistachios'),
  tonic: bottled('tonic', 'Limonade, Chinin, Bitter Lemon', 'berry-tonic, pistachios, grissini'),
  'berry-tonic': bottled('tonic', 'Limonade, Beeren', 'tonic, pistachios, grissini'),
  'spelt-drink': drink('plant-drinks', 'Dinkelmilch, Getreidedrink, Pflanzenmilch', 'berry-muesli, bananas, soya-drink'),
  'soya-drink': drink('plant-drinks', 'Sojamilch, Pflanzenmilch', 'berry-muesli, bananas, spelt-drink'),
}

/** Articles that stand elsewhere than their kind: the same prawns, chilled instead of frozen. */
export const OTHER_SHELF: { readonly [sku: string]: string } = { '5866328': 'fish' }
