/** Signs with a QR: made by managers for a touchpoint, printed, revoked. */
import type { AuditBook } from '#hub/ports/audit.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import { signSource, type ListeningStore, type Sign } from '#hub/ports/listening-store.ts'
import type { Random } from '#hub/ports/random.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { openingOf } from '#shared/feedback/answer.ts'
import { RECEIPT_BYTES } from '#shared/feedback/receipt-code.ts'
import { signCode } from '#shared/feedback/sign-code.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { CallError } from '#shared/protocol/calls.ts'
import { documentsToStore, documentsToTouchpoints } from '#shared/protocol/documents.ts'
import type { ListeningCalls, SignView } from '#shared/protocol/listening.ts'
import { feedbackContext } from './feedback-context.ts'

export type SignParts = { readonly listening: ListeningStore; readonly documents: DocumentStore; readonly transactions: Transactions; readonly audit: AuditBook; readonly clock: Clock; readonly random: Random }
export type Acting = { readonly who: string; readonly device: string | null }
type Viewed = Result<SignView, Pick<CallError, 'code'>>

export const listSigns = (parts: SignParts): ListeningCalls['voice.signs']['reply'] => {
  const store = documentsToStore(parts.documents.current()?.items ?? {})
  return { signs: viewsOf(parts, parts.listening.signs()), host: (store.ok && store.value.checkoutDomain) || null }
}

export const makeSign = (parts: SignParts, touchpoint: string, { who, device }: Acting): Viewed => {
  const place = documentsToTouchpoints(parts.documents.current()?.items ?? {}).find(({ id }) => id === touchpoint)
  if (!place) return err({ code: 'not_found' })
  const survey = feedbackContext(parts.documents).surveys.get(place.survey)
  if (!survey || !openingOf(survey)) return err({ code: 'bad_request' })
  const sign = parts.transactions.run(() => {
    const made = parts.listening.addSign(touchpoint, signCode(parts.random.bytes(RECEIPT_BYTES)), parts.clock.now())
    parts.audit.record({ who, what: 'sign.made', device, object: signSource(touchpoint, made.serial) })
    return made
  })
  return ok(viewsOf(parts, [sign])[0]!)
}

export const revokeSign = (parts: SignParts, { touchpoint, serial }: { readonly touchpoint: string; readonly serial: number }, { who, device }: Acting): Viewed => {
  const sign = parts.listening.sign(touchpoint, serial)
  if (!sign) return err({ code: 'not_found' })
  if (sign.revokedAt === null)
    parts.transactions.run(() => {
      parts.listening.revokeSign(touchpoint, serial, parts.clock.now())
      parts.audit.record({ who, what: 'sign.revoked', device, object: signSource(touchpoint, serial) })
    })
  return ok(viewsOf(parts, [parts.listening.sign(touchpoint, serial)!])[0]!)
}

const viewsOf = ({ listening, documents }: SignParts, signs: readonly Sign[]): readonly SignView[] => {
  const names = new Map(documentsToTouchpoints(documents.current()?.items ?? {}).map(({ id, name }) => [id, name]))
  const responses = listening.responsesBySource(signs.map(({ touchpoint, serial }) => signSource(touchpoint, serial)))
  return signs.map(({ touchpoint, serial, code, madeAt, revokedAt }) => ({
    touchpoint,
    name: names.get(touchpoint) ?? { de: touchpoint, en: touchpoint },
    serial,
    code: revokedAt === null ? code : null,
    madeAt,
    revokedAt,
    responses: responses.get(signSource(touchpoint, serial)) ?? 0,
  }))
}
