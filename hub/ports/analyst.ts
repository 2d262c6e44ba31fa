/** Works out what takes long beside the hub, which goes on answering meanwhile. */
import type { DriverAnswers, KeyDrivers, NoDrivers } from '#shared/insights/drivers/key-drivers.ts'
import type { Comment, CommentTopics } from '#shared/insights/words/comment-topics.ts'

export interface Analyst {
  drivers(answers: DriverAnswers): Promise<KeyDrivers | NoDrivers>
  topics(comments: readonly Comment[]): Promise<CommentTopics>
  stop(): Promise<unknown>
}
