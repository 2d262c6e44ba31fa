/** What a shopper may do to a basket: a command is decided into changes or refused with the reason, changes are applied without further question. */
import type { Sku } from '../kernel/ids.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { MAX_CODES, MAX_LINES, MAX_QUANTITY, type Basket, type BasketLine } from './basket.ts'
import { spelledCode } from './offer-codes.ts'
import type { Assortment } from './assortment.ts'

export type BasketCommand =
  | { readonly type: 'add'; readonly sku: Sku; readonly quantity: number }
  | { readonly type: 'setQuantity'; readonly sku: Sku; readonly quantity: number }
  | { readonly type: 'remove'; readonly sku: Sku }
  | { readonly type: 'enterCode'; readonly code: string }
  | { readonly type: 'removeCode'; readonly code: string }
  | { readonly type: 'chooseDelivery'; readonly delivery: Basket['delivery'] }

export type BasketChange =
  | { readonly type: 'quantitySet'; readonly sku: Sku; readonly quantity: number }
  | { readonly type: 'lineRemoved'; readonly sku: Sku }
  | { readonly type: 'codeEntered'; readonly code: string }
  | { readonly type: 'codeRemoved'; readonly code: string }
  | { readonly type: 'deliveryChosen'; readonly delivery: Basket['delivery'] }

export type BasketRefusal =
  | { readonly type: 'UnknownArticle'; readonly sku: Sku }
  | { readonly type: 'NotWholePieces'; readonly quantity: number }
  | { readonly type: 'TooManyPieces'; readonly sku: Sku; readonly most: number }
  | { readonly type: 'TooManyLines'; readonly most: number }
  | { readonly type: 'NotInBasket'; readonly sku: Sku }
  | { readonly type: 'UnknownCode'; readonly code: string }
  | { readonly type: 'CodeAlreadyEntered'; readonly code: string }
  | { readonly type: 'TooManyCodes'; readonly most: number }

/**
 * The changes that a command means for this basket.
 * Shape   an empty list when the basket already is as asked; a quantity of 0 removes the line.
 * Errors  what the shopper can do something about; the basket stays as it was.
 */
export const decide = (basket: Basket, command: BasketCommand, assortment: Assortment): Result<readonly BasketChange[], BasketRefusal> => {
  switch (command.type) {
    case 'add':
      return setTo(basket, command.sku, quantityOf(basket, command.sku) + command.quantity, assortment)
    case 'setQuantity':
      return setTo(basket, command.sku, command.quantity, assortment)
    case 'remove':
      return lineOf(basket, command.sku) ? ok([{ type: 'lineRemoved', sku: command.sku }]) : err({ type: 'NotInBasket', sku: command.sku })
    case 'enterCode':
      return enterCode(basket, command.code, assortment)
    case 'removeCode':
      return ok(basket.codes.includes(command.code) ? [{ type: 'codeRemoved', code: command.code }] : [])
    case 'chooseDelivery':
      return ok(basket.delivery === command.delivery ? [] : [{ type: 'deliveryChosen', delivery: command.delivery }])
  }
}

/** The basket after one change; a new line stands at the end, a changed one keeps its place. */
export const evolve = (basket: Basket, change: BasketChange): Basket => {
  switch (change.type) {
    case 'quantitySet':
      return { ...basket, lines: withLine(basket.lines, { sku: change.sku, quantity: change.quantity }) }
    case 'lineRemoved':
      return { ...basket, lines: basket.lines.filter((line) => line.sku !== change.sku) }
    case 'codeEntered':
      return { ...basket, codes: [...basket.codes, change.code] }
    case 'codeRemoved':
      return { ...basket, codes: basket.codes.filter((code) => code !== change.code) }
    case 'deliveryChosen':
      return { ...basket, delivery: change.delivery }
  }
}

/** Decides a command and applies it in one go. */
export const changeBasket = (basket: Basket, command: BasketCommand, assortment: Assortment): Result<Basket, BasketRefusal> => {
  const changes = decide(basket, command, assortment)
  return changes.ok ? ok(changes.value.reduce(evolve, basket)) : changes
}

const setTo = (basket: Basket, sku: Sku, quantity: number, assortment: Assortment): Result<readonly BasketChange[], BasketRefusal> => {
  const line = lineOf(basket, sku)
  if (!Number.isSafeInteger(quantity) || quantity < 0) return err({ type: 'NotWholePieces', quantity })
  if (quantity === 0) return ok(line ? [{ type: 'lineRemoved', sku }] : [])
  if (!assortment.productsBySku.has(sku)) return err({ type: 'UnknownArticle', sku })
  if (quantity > MAX_QUANTITY) return err({ type: 'TooManyPieces', sku, most: MAX_QUANTITY })
  if (!line && basket.lines.length >= MAX_LINES) return err({ type: 'TooManyLines', most: MAX_LINES })
  return ok(line?.quantity === quantity ? [] : [{ type: 'quantitySet', sku, quantity }])
}

const enterCode = (basket: Basket, entered: string, assortment: Assortment): Result<readonly BasketChange[], BasketRefusal> => {
  const code = spelledCode(entered, assortment)
  if (code === null) return err({ type: 'UnknownCode', code: entered })
  if (basket.codes.includes(code)) return err({ type: 'CodeAlreadyEntered', code })
  if (basket.codes.length >= MAX_CODES) return err({ type: 'TooManyCodes', most: MAX_CODES })
  return ok([{ type: 'codeEntered', code }])
}

const lineOf = (basket: Basket, sku: Sku): BasketLine | undefined => basket.lines.find((line) => line.sku === sku)
const quantityOf = (basket: Basket, sku: Sku): number => lineOf(basket, sku)?.quantity ?? 0
const withLine = (lines: readonly BasketLine[], line: BasketLine): readonly BasketLine[] =>
  lines.some((old) => old.sku === line.sku) ? lines.map((old) => (old.sku === line.sku ? line : old)) : [...lines, line]
