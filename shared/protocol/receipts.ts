/** What is said over the receipt of an answer: managers over their connection, shoppers' phones over plain HTTP with the code as the only key. */
import * as v from 'valibot'
import { COMMENT_LIMIT_CHARS } from '../feedback/mask-text.ts'
import { RECEIPT_STATES, WORD_LIMIT_CHARS, type ReceiptStep, type ReceiptState, type ReceiptWord } from '../feedback/receipt.ts'
import { parseReceiptCode, type ReceiptCode } from '../feedback/receipt-code.ts'
import type { RecordedKind } from '../feedback/recorded-kind.ts'
import { LANGUAGES, type Localised } from '../kernel/language.ts'
import type { Brand } from '../catalogue/store.ts'

/** The receipt of one response as the manager sees it. */
export type ReceiptView = {
  readonly response: string
  readonly steps: readonly ReceiptStep[]
  readonly words: readonly ReceiptWord[]
  /** When the shopper last looked at it, by the hub's clock; null: never. */
  readonly readAt: number | null
}

export type ReceiptCalls = {
  /** What was said over one response, and where it stands. Errors  not_found: it has no receipt, or is erased. */
  'receipt.read': { request: { readonly response: string }; reply: ReceiptView }
  /** Says where it stands. */
  'receipt.move': { request: { readonly response: string; readonly state: ReceiptState }; reply: ReceiptView }
  /** The store's word to the shopper. `key`: the screen's own name for it, so that one that is sent twice is said once. Errors  bad_request: everything has been said. */
  'receipt.reply': { request: { readonly response: string; readonly text: string; readonly key: string }; reply: ReceiptView }
  /** Which of the answers that a screen still shows are not held any more: replaced, erased, or too old. */
  'feedback.gone': { request: { readonly ids: readonly string[] }; reply: { readonly gone: readonly string[] } }
}

/** A list is looked through, a word is read by people. */
export const RECEIPT_CALL_COST = { 'receipt.read': 2, 'receipt.move': 5, 'receipt.reply': 5, 'feedback.gone': 2 } as const

/** Most answers that a screen asks after at a time. */
export const MAX_ASKED_AFTER = 500

const response = v.pipe(v.string(), v.minLength(1), v.maxLength(80))
const text = v.pipe(v.string(), v.maxLength(WORD_LIMIT_CHARS), v.check((words) => words.trim() !== '', 'empty'))
/** Masking may lengthen what was typed. */
const said = v.pipe(v.string(), v.maxLength(COMMENT_LIMIT_CHARS), v.check((words) => words.trim() !== '', 'empty'))
const key = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/))
const state = v.picklist(RECEIPT_STATES)

export const RECEIPT_CALL_SCHEMAS: { readonly [K in keyof ReceiptCalls]: v.GenericSchema<unknown, ReceiptCalls[K]['request']> } = {
  'receipt.read': v.strictObject({ response }),
  'receipt.move': v.strictObject({ response, state }),
  'receipt.reply': v.strictObject({ response, text, key }),
  'feedback.gone': v.strictObject({ ids: v.pipe(v.array(response), v.maxLength(MAX_ASKED_AFTER)) }),
}

const whole = v.pipe(v.number(), v.safeInteger())
const view = v.strictObject({
  response: v.string(),
  steps: v.array(v.strictObject({ state, at: whole })),
  words: v.array(v.strictObject({ who: v.picklist(['store', 'shopper']), text: v.string(), at: whole })),
  readAt: v.nullable(whole),
})
export const RECEIPT_REPLY_SCHEMAS = { 'receipt.read': view, 'receipt.move': view, 'receipt.reply': view, 'feedback.gone': v.strictObject({ gone: v.array(v.string()) }) }

/** How a response stands, beside each of its answers in a list. */
export const receiptStandingFields = v.strictObject({ state, waiting: v.boolean() })

const code = v.custom<ReceiptCode>((value) => typeof value === 'string' && value.length === 11 && parseReceiptCode(value).ok)

/** The phone's questions. The code stands in the body, never in an address. */
export const OpenReceiptRequest = v.strictObject({ code })
export const AnswerReceiptRequest = v.strictObject({ code, text: said, key, language: v.picklist(LANGUAGES) })
/** `all`: everything of the response · `contact`: how to reach the shopper, alone. */
export const EraseReceiptRequest = v.strictObject({ code, what: v.picklist(['all', 'contact']) })
export type AnswerReceiptRequest = v.InferOutput<typeof AnswerReceiptRequest>
export type EraseReceiptRequest = v.InferOutput<typeof EraseReceiptRequest>

/** One thing the shopper said, as the screens of the store would say it. */
export type ReceiptAnswer = {
  readonly question: Localised
  readonly kind: RecordedKind
  /** On the question's scale; null where it has none. */
  readonly score: number | null
  readonly chosen: readonly Localised[]
  readonly text: string | null
}

/** Everything the store holds of one response: what the page shows, and the copy that the shopper takes. */
export type ShopperReceipt = {
  readonly place: Localised
  /** When it was said, by the hub's clock. */
  readonly at: number
  readonly answers: readonly ReceiptAnswer[]
  readonly steps: readonly ReceiptStep[]
  readonly words: readonly ReceiptWord[]
  /** Whether the shopper may add a word now. */
  readonly open: boolean
  /** When the contact that was left will be erased; null: none is held. */
  readonly contactUntil: number | null
}

/** Whose page it is. */
export type ReceiptShop = { readonly name: string; readonly timeZone: string; readonly brand: Brand | null }

/** `none`: no answer with this receipt is held: not arrived yet, erased, or never given. One answer for all three. */
export type ReceiptReply =
  | { readonly type: 'receipt'; readonly receipt: ShopperReceipt; readonly store: ReceiptShop | null }
  | { readonly type: 'none'; readonly store: ReceiptShop | null }
/** `full`: everything has been said for now. */
export type ReceiptAnswerReply = ReceiptReply | { readonly type: 'full' }
/** Also for a receipt that nothing came of yet: what comes will be swallowed. `full`: too many wait for what never came. */
export type ReceiptErasedReply = { readonly type: 'erased' } | { readonly type: 'full' }
