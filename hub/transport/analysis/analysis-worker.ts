/** Thread that works out drivers and topics. One question at a time, in the order they come. */
import { parentPort } from 'node:worker_threads'
import { keyDriversOf, type DriverAnswers } from '#shared/insights/drivers/key-drivers.ts'
import { seededRandom } from '#shared/insights/statistics/seeded-random.ts'
import { commentTopicsOf, type Comment } from '#shared/insights/words/comment-topics.ts'

export type AnalysisTask = { readonly type: 'drivers'; readonly answers: DriverAnswers } | { readonly type: 'topics'; readonly comments: readonly Comment[] }

/** The same seed at every question: the same answers give the same digits. */
const SEED = 1
const ROUNDS = 400

parentPort!.on('message', ({ id, task }: { readonly id: number; readonly task: AnalysisTask }) => {
  try {
    const value = task.type === 'drivers' ? keyDriversOf(task.answers, { random: seededRandom(SEED), rounds: ROUNDS }) : commentTopicsOf(task.comments)
    parentPort!.postMessage({ id, value })
  } catch (error) {
    parentPort!.postMessage({ id, why: error instanceof Error ? error.message : String(error) })
  }
})
