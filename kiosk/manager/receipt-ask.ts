/** The screen's questions about receipts, as calls to the hub. */
import type { ReceiptAsk } from '../lib/features/insights/receipt-ask.ts'
import { bytesToHex } from '#shared/kernel/bytes.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { CallError, Calls } from '#shared/protocol/calls.ts'
import type { ReceiptView } from '#shared/protocol/receipts.ts'

type Name = 'receipt.read' | 'receipt.move' | 'receipt.reply'
type Call = <K extends Name>(name: K, request: Calls[K]['request']) => Promise<Result<ReceiptView, CallError>>

export const receiptAsk = (call: Call): ReceiptAsk => ({
  read: async (response) => told(await call('receipt.read', { response })),
  move: async (response, state) => told(await call('receipt.move', { response, state })),
  reply: async (response, text, key) => told(await call('receipt.reply', { response, text, key })),
  newKey: () => bytesToHex(crypto.getRandomValues(new Uint8Array(16))),
})

const told = (reply: Result<ReceiptView, CallError>): ReceiptView | 'gone' | null => (reply.ok ? reply.value : reply.error.code === 'not_found' ? 'gone' : null)
