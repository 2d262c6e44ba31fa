/** What the page's own thread does for single taps, out of the browser's trace: other programs of the machine cannot lengthen it as they lengthen a stopwatch. */
import type { CDPSession, Page } from 'playwright-core'

type TraceEvent = { readonly name: string; readonly ph: string; readonly pid: number; readonly tid: number; readonly ts: number; readonly dur?: number; readonly tdur?: number; readonly args?: { readonly data?: { readonly type?: string } } }

const MARK = 'tap'
const MICROS = 1000

export class TapTrace {
  readonly #session: CDPSession
  readonly #page: Page
  readonly #events: TraceEvent[] = []

  private constructor(session: CDPSession, page: Page) {
    this.#session = session
    this.#page = page
  }

  static async start(page: Page): Promise<TapTrace> {
    const session = await page.context().newCDPSession(page)
    const trace = new TapTrace(session, page)
    session.on('Tracing.dataCollected', ({ value }) => trace.#events.push(...(value as unknown as TraceEvent[])))
    await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'blink.user_timing'] } })
    return trace
  }

  /** The next tap is one to be counted. */
  async mark(): Promise<void> {
    await this.#page.evaluate((mark) => void performance.mark(mark), MARK)
  }

  /** Milliseconds of work from each touch to the picture that answers it. */
  async stop(): Promise<readonly number[]> {
    const complete = new Promise((resolve) => this.#session.once('Tracing.tracingComplete', resolve))
    await this.#session.send('Tracing.end')
    await complete
    await this.#session.detach()
    return worksOf(this.#events)
  }
}

const worksOf = (events: readonly TraceEvent[]): readonly number[] => {
  const sorted = events.toSorted((a, b) => a.ts - b.ts)
  const marks = sorted.filter((event) => event.name === MARK)
  return marks.map((mark, i) => {
    const until = marks[i + 1]?.ts ?? Infinity
    const own = sorted.filter((event) => event.pid === mark.pid && event.tid === mark.tid && event.ts >= mark.ts && event.ts < until)
    const dispatched = (type: string): TraceEvent | undefined => own.find((event) => event.name === 'EventDispatch' && event.args?.data?.type === type)
    const touch = dispatched('pointerdown')
    const click = dispatched('click')
    const picture = click && own.find((event) => event.name === 'Commit' && event.ts > click.ts + (click.dur ?? 0))
    if (!touch || !picture) throw new Error('the trace does not show a touch and its picture')
    const endsAt = picture.ts + (picture.dur ?? 0)
    const tasks = own.filter((event) => event.name === 'RunTask' && event.ph === 'X' && event.ts + (event.dur ?? 0) > touch.ts && event.ts < endsAt)
    return tasks.reduce((sum, task) => sum + (task.tdur ?? 0), 0) / MICROS
  })
}
