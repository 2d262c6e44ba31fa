/** The door to the hub for a board on the wall: one question with its link, answered with news or with "nothing new". */
import type { Board } from '#shared/protocol/api.ts'

/** ended: the link does not count any more · offline: nobody answered, or not with a board. */
export type BoardAnswer = { readonly type: 'board'; readonly board: Board } | { readonly type: 'same' | 'ended' | 'offline' }

const TIMEOUT_MS = 10_000

export const askBoard = (token: string): (() => Promise<BoardAnswer>) => {
  let tag = ''
  return async () => {
    if (token === '') return { type: 'ended' }
    try {
      const headers = { authorization: `Bearer ${token}`, ...(tag && { 'if-none-match': tag }) }
      const response = await fetch('/api/v1/board', { headers, cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) })
      if (response.status === 304) return { type: 'same' }
      if (response.status === 401 || response.status === 403) return { type: 'ended' }
      if (!response.ok) return { type: 'offline' }
      const board = (await response.json()) as Board
      tag = response.headers.get('etag') ?? ''
      return { type: 'board', board }
    } catch {
      return { type: 'offline' }
    }
  }
}
