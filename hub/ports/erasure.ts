/** The end of what somebody asked to be forgotten: in the database, in what devices send again, and in every copy that is ever put back. */
export interface Erasure {
  /**
   * Erases everything of one response: answers, words, contact and the events they came with. How many events and rows that were; 0 if the response is unknown.
   * Order  what is to be forgotten is durable before the first row goes, so a crash in between only delays the rest to the next start.
   */
  eraseResponse(response: string): number
  /** Erases again what an older copy brought back. How many rows that were. */
  eraseAgain(): number
}
