/** The one way out to a web shop: every question has an end, a size and a number of tries. */
import type { Result } from '#shared/kernel/result.ts'
import type { ShopTrouble } from './web-shop/shop-trouble.ts'

export type HttpQuestion = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly headers?: { readonly [name: string]: string }
  /** JSON text, or a form. */
  readonly body?: string
  /** Whether asking twice is the same as asking once: only then is it tried again. */
  readonly repeatable: boolean
}

/** An answer below 400. Header names in lower case. */
export type HttpAnswer = { readonly status: number; readonly headers: { readonly [name: string]: string }; readonly text: string }

/** 4xx other than 401, 403 and 429: the shop understood and said no. `text` is its answer. */
export type HttpRefusal = { readonly type: 'HttpRefusal'; readonly status: number; readonly text: string }

export interface HttpDoor {
  /** Follows no redirection: a shop that moved is told, and no secret goes elsewhere. */
  ask(question: HttpQuestion): Promise<Result<HttpAnswer, ShopTrouble | HttpRefusal>>
}
