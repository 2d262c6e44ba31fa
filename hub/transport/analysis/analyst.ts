/** The analyst as a thread of this process: begun with the first question, gone with the hub. */
import { Worker } from 'node:worker_threads'
import type { Analyst } from '#hub/ports/analyst.ts'
import type { KeyDrivers, NoDrivers } from '#shared/insights/drivers/key-drivers.ts'
import type { CommentTopics } from '#shared/insights/words/comment-topics.ts'
import type { AnalysisTask } from './analysis-worker.ts'

type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }
type Answer = { readonly id: number; readonly value: unknown } | { readonly id: number; readonly why: string }

export const threadAnalyst = (): Analyst => {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | null = null
  let last = 0
  const failAll = (error: Error): void => {
    worker = null
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  const begin = (): Worker => {
    const own = new Worker(new URL('./analysis-worker.ts', import.meta.url))
    own.unref()
    own.on('message', (answer: Answer) => {
      const one = waiting.get(answer.id)
      waiting.delete(answer.id)
      if ('why' in answer) one?.reject(new Error(answer.why))
      else one?.resolve(answer.value)
    })
    own.on('error', failAll)
    own.on('exit', () => failAll(new Error('the analysis ended')))
    return own
  }
  const ask = (task: AnalysisTask): Promise<unknown> =>
    new Promise((resolve, reject) => {
      worker ??= begin()
      const id = ++last
      waiting.set(id, { resolve, reject })
      worker.postMessage({ id, task })
    })
  return {
    drivers: async (answers) => (await ask({ type: 'drivers', answers })) as KeyDrivers | NoDrivers,
    topics: async (comments) => (await ask({ type: 'topics', comments })) as CommentTopics,
    stop: async () => worker?.terminate(),
  }
}
