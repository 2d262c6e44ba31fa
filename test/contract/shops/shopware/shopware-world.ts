/** What the small Shopware sells and promises, as its Admin API tells it. */
export type Record_ = { readonly [field: string]: unknown }

/** Ids as Shopware makes them, readable at the end. */
export const id = (name: string): string => name.padStart(32, '0')

export const CHANNEL = id('c0')
export const EUR = 'b7d2554b0ce847cd82f3ac9bd1c0dfca'
const GERMANY = id('de')
const GROUP = id('60')
export const DHL = id('d1')
export const ACCESS_KEY = 'SWSCEINKLANGKIOSK'

const euro = (gross: number): readonly Record_[] => [{ currencyId: EUR, gross, net: gross / 1.19, linked: true }]
const german = (name: string): readonly Record_[] => [{ name, language: { locale: { code: 'de-DE' } } }]

const TAX_19 = id('19')
const TAX_7 = id('07')
const HOUSE = id('ca1')
const PLATES = id('ca2')

const product = (number: string, name: string, gross: number, taxId: string, more: Record_ = {}): Record_ => ({
  id: id(`a${number}`), parentId: null, childCount: 0, productNumber: `SW-${number}`, name, translated: { name }, translations: german(name), options: [], active: true, visibilities: [{ salesChannelId: CHANNEL }],
  price: euro(gross), prices: [], taxId, availableStock: 20, stock: 20, isCloseout: false, shippingFree: false, minPurchase: 1, purchaseSteps: 1, ean: null, manufacturerId: null,
  categoryIds: [HOUSE], categoryTree: [HOUSE], tagIds: null, propertyIds: null, optionIds: null, streamIds: null, ...more,
})

export const POT = id('a1')
export const COFFEE = id('a2')
export const CUP = id('a3')
export const PLATE = id('a4')
export const BOOK = id('a5')
export const SHIRT = id('a61')

const rule = (name: string, conditions: readonly Record_[]): Record_ => ({
  id: id(name), name, priority: 1,
  conditions: [
    { id: id(`${name}0`), type: 'orContainer', value: [], parentId: null, position: 0 },
    { id: id(`${name}1`), type: 'andContainer', value: [], parentId: id(`${name}0`), position: 0 },
    ...conditions.map((one, i) => ({ id: id(`${name}2${i}`), parentId: id(`${name}1`), position: i, ...one })),
  ],
})

const discount = (name: string, type: string, value: number, more: Record_ = {}): Record_ => ({
  id: id(name), scope: 'cart', type, value, maxValue: null, considerAdvancedRules: false, sorterKey: 'PRICE_ASC', applierKey: 'ALL', usageKey: 'ALL', pickerKey: 'VERTICAL', discountRules: [], promotionDiscountPrices: [], ...more,
})

const promotion = (name: string, title: string, discounts: readonly Record_[], more: Record_ = {}): Record_ => ({
  id: id(name), name: title, translated: { name: title }, translations: german(title), active: true, validFrom: '2026-01-01T00:00:00.000+00:00', validUntil: null, priority: 1, preventCombination: false, exclusionIds: [],
  useCodes: false, useIndividualCodes: false, code: null, useSetGroups: false, customerRestriction: false, maxRedemptionsGlobal: null, maxRedemptionsPerCustomer: null, orderCount: 0, discounts, setgroups: [],
  cartRules: [], orderRules: [], personaRules: [], salesChannels: [{ salesChannelId: CHANNEL, priority: 1 }], ...more,
})
const coded = (code: string): Record_ => ({ useCodes: true, code })
const ruled = (...names: readonly string[]): readonly Record_[] => names.map((name) => ({ id: id(name) }))

export const ids = { ten: id('e1'), five: id('e2'), plates: id('e3'), three: id('e4'), free: id('e5'), fixed: id('e6'), alone: id('e7'), cheapest: id('e8'), coffee: id('e9'), only: id('ea') } as const
export const NOT_COMPUTABLE = ['f1', 'f2', 'f3', 'f4', 'f5', 'f6', 'f7'].map(id)

/** Fresh records, so that a test may change them. */
export const shopwareWorld = (): { readonly [entity: string]: Record_[] } => ({
  'sales-channel': [
    { id: CHANNEL, name: 'Kaffeehaus', translated: { name: 'Kaffeehaus' }, accessKey: ACCESS_KEY, active: true, typeId: '8a243080f92e4c719546314b577cf82b', currencyId: EUR, countryId: GERMANY, customerGroupId: GROUP, shippingMethodId: DHL, taxCalculationType: 'horizontal', customerGroup: { displayGross: true } },
    { id: id('c1'), name: 'Preisvergleich', translated: { name: 'Preisvergleich' }, accessKey: 'SWPEX', active: true, typeId: 'ed535e5722134ac1aa6524f73e26881b', currencyId: EUR, countryId: GERMANY, customerGroupId: GROUP, shippingMethodId: DHL, taxCalculationType: 'horizontal', customerGroup: { displayGross: true } },
  ],
  currency: [{ id: EUR, isoCode: 'EUR', itemRounding: { decimals: 2, interval: 0.01, roundForNet: true }, totalRounding: { decimals: 2, interval: 0.01, roundForNet: true }, countryRoundings: [] }],
  tax: [{ id: TAX_19, taxRate: 19, rules: [] }, { id: TAX_7, taxRate: 20, rules: [{ countryId: GERMANY, taxRate: 7, type: { technicalName: 'entire_country' } }] }],
  rule: [
    rule('b1', [{ type: 'cartGoodsPrice', value: { operator: '>=', amount: 30 } }]),
    rule('b2', [{ type: 'cartLineItemInCategory', value: { operator: '=', categoryIds: [PLATES] } }]),
    rule('b3', [{ type: 'cartLineItem', value: { operator: '=', identifiers: [CUP] } }]),
    rule('b4', [{ type: 'cartGoodsPrice', value: { operator: '>=', amount: 60 } }]),
    rule('b5', [{ type: 'cartLineItem', value: { operator: '=', identifiers: [COFFEE] } }]),
    rule('b6', [{ type: 'cartCartAmount', value: { operator: '>=', amount: 80 } }]),
    rule('b7', [{ type: 'einklangMoonPhase', value: { phase: 'full' } }]),
    rule('b8', [{ type: 'cartGoodsCount', value: { operator: '>=', count: 3 } }]),
    rule('b9', [{ type: 'alwaysValid', value: { isAlwaysValid: true } }]),
  ],
  category: [
    { id: HOUSE, parentId: null, level: 1, name: 'Haushalt', translated: { name: 'Haushalt' }, translations: german('Haushalt') },
    { id: PLATES, parentId: HOUSE, level: 2, name: 'Teller', translated: { name: 'Teller' }, translations: german('Teller') },
  ],
  product: [
    product('1', 'Espressokanne', 29.99, TAX_19),
    product('2', 'Kaffee 500 g', 7.49, TAX_7),
    product('3', 'Tasse', 4.95, TAX_19),
    product('4', 'Teller', 8.95, TAX_19, { categoryIds: [PLATES], categoryTree: [HOUSE, PLATES] }),
    product('5', 'Backbuch', 12, TAX_7),
    product('6', 'Schürze', 19.9, TAX_19, { childCount: 2 }),
    product('61', 'Schürze', 19.9, TAX_19, { parentId: id('a6'), options: [{ name: 'Rot', translated: { name: 'Rot' } }] }),
    product('62', 'Schürze', 19.9, TAX_19, { parentId: id('a6'), options: [{ name: 'Blau', translated: { name: 'Blau' } }], isCloseout: true, availableStock: 0 }),
    product('7', 'Servietten', 0.2, TAX_19, { minPurchase: 20, purchaseSteps: 20 }),
    product('8', 'Filter', 3, TAX_19, { prices: [{ ruleId: id('b9'), quantityStart: 1, quantityEnd: 9, price: euro(3) }, { ruleId: id('b9'), quantityStart: 10, quantityEnd: null, price: euro(2.5) }] }),
    product('9', 'Muster', 1.999, TAX_19),
    product('10', 'Anderswo', 5, TAX_19, { visibilities: [{ salesChannelId: id('c9') }] }),
  ],
  promotion: [
    promotion('e1', 'Zehn Prozent', [discount('e11', 'percentage', 10)], { ...coded('Zehn'), priority: 10 }),
    promotion('e2', 'Fünf Euro ab 30', [discount('e21', 'absolute', 5)], { ...coded('FUENF'), priority: 5, cartRules: ruled('b1') }),
    promotion('e3', 'Teller −20 %, höchstens 6 €', [discount('e31', 'percentage', 20, { maxValue: 6, considerAdvancedRules: true, discountRules: ruled('b2') })], { priority: 8 }),
    promotion('e4', 'Drei Tassen für 12 €', [discount('e41', 'fixed', 12, { scope: 'set' })], { priority: 7, useSetGroups: true, setgroups: [{ id: id('e42'), packagerKey: 'COUNT', sorterKey: 'PRICE_ASC', value: 3, setGroupRules: ruled('b3') }] }),
    promotion('e5', 'Versandfrei ab 60 €', [discount('e51', 'percentage', 100, { scope: 'delivery' })], { orderRules: ruled('b4') }),
    promotion('e6', 'Versand 2,90 €', [discount('e61', 'fixed_unit', 2.9, { scope: 'delivery' })], coded('VERSAND')),
    promotion('e7', 'Allein 15 %', [discount('e71', 'percentage', 15)], { ...coded('ALLEIN'), priority: 20, preventCombination: true }),
    promotion('e8', 'Das Billigste zum halben Preis', [discount('e81', 'percentage', 50, { considerAdvancedRules: true, applierKey: '1' })], { ...coded('BILLIG'), priority: 6 }),
    promotion('e9', 'Kaffee 5,99 €', [discount('e91', 'fixed_unit', 6.49, { considerAdvancedRules: true, discountRules: ruled('b5'), promotionDiscountPrices: [{ currencyId: EUR, price: 5.99 }] })], { ...coded('KAFFEE'), priority: 4 }),
    promotion('ea', 'Nur 5 %', [discount('ea1', 'percentage', 5)], { ...coded('NUR'), priority: 15, exclusionIds: [id('e1')] }),
    promotion('f1', 'Die ersten Hundert', [discount('f11', 'percentage', 30)], { ...coded('ERSTE'), maxRedemptionsGlobal: 100, orderCount: 12 }),
    promotion('f2', 'Persönlich', [discount('f21', 'percentage', 30)], { useCodes: true, useIndividualCodes: true }),
    promotion('f3', 'Ab 80 € Warenkorb', [discount('f31', 'percentage', 5)], { ...coded('ACHTZIG'), cartRules: ruled('b6') }),
    promotion('f4', 'Vollmond', [discount('f41', 'percentage', 5)], { ...coded('MOND'), cartRules: ruled('b7') }),
    promotion('f5', 'Drei Zeilen', [discount('f51', 'percentage', 5)], { ...coded('ZEILEN'), cartRules: ruled('b8') }),
    promotion('f6', 'Stammkunden', [discount('f61', 'percentage', 5)], { ...coded('STAMM'), customerRestriction: true }),
    promotion('f7', 'Kaffee −10 €', [discount('f71', 'absolute', 10, { considerAdvancedRules: true, discountRules: ruled('b5') })], coded('ZEHNER')),
    promotion('e0', 'Abgeschaltet', [discount('e01', 'percentage', 90)], { active: false }),
    promotion('ee', 'Anderswo', [discount('ee1', 'percentage', 90)], { salesChannels: [{ salesChannelId: id('c9') }] }),
  ],
  'shipping-method': [
    { id: DHL, name: 'DHL', translated: { name: 'DHL' }, translations: german('DHL'), technicalName: 'shipping_dhl', active: true, taxType: 'fixed', taxId: TAX_19, availabilityRuleId: id('b9'), position: 1, salesChannels: [{ id: CHANNEL }], prices: [{ ruleId: null, calculation: 2, calculationRuleId: null, quantityStart: 0, quantityEnd: null, currencyPrice: euro(4.9) }] },
    { id: id('d2'), name: 'Spedition', translated: { name: 'Spedition' }, translations: german('Spedition'), technicalName: 'shipping_freight', active: true, taxType: 'auto', taxId: null, availabilityRuleId: null, position: 2, salesChannels: [{ id: CHANNEL }], prices: [{ ruleId: null, calculation: 3, calculationRuleId: null, quantityStart: 0, quantityEnd: null, currencyPrice: euro(29) }] },
  ],
  order: [],
})
