/** Work that comes round again while the hub runs. */
export interface Timer {
  /** Runs `task` every `ms`, first after `ms`; the returned function ends it. */
  every(ms: number, task: () => void): () => void
}
