/** Runs in the page of a kiosk, through the protocol: goes by what stands on the screen and by nothing else. */

export type TapPlan = {
  /** Words of the faces, from bad to good. */
  readonly words: readonly string[]
  readonly times: number
  readonly among: readonly number[]
  /** How many taps came before, so that every stretch gives other values. */
  readonly first: number
}

export const tapAway = async ({ words, times, among, first }: TapPlan): Promise<void> => {
  const here = globalThis as unknown as { note(note: unknown): Promise<void>; tapping: boolean }
  here.tapping = true
  const PATIENCE_MS = 20_000
  const button = (name: string): HTMLButtonElement | undefined =>
    [...document.querySelectorAll<HTMLButtonElement>('button:enabled')].find((one) => one.innerText.trim() === name)
  const until = async <T>(look: () => T | undefined, what: string): Promise<T> => {
    for (const from = performance.now(); performance.now() - from < PATIENCE_MS; ) {
      const found = look()
      if (found !== undefined) return found
      await new Promise((resolve) => setTimeout(resolve, 4))
    }
    await here.note({ type: 'stuck', words: `no ${what} on "${document.querySelector('h1')?.innerText ?? ''}"` })
    throw new Error(what)
  }
  const heading = (): string => document.querySelector('h1')?.innerText.trim() ?? ''
  const refusal = (): string | undefined => [...document.querySelectorAll<HTMLElement>('[role=alert]')].map((one) => one.innerText.trim()).find((text) => text.includes('nicht gespeichert'))
  /** Slides change by themselves; the first one holds the faces. */
  const face = (value: number) => (): HTMLButtonElement | undefined => {
    const found = button(words[value - 1]!)
    if (!found) document.querySelector<HTMLButtonElement>('button[aria-label="Anzeige 1"]')?.click()
    return found
  }
  const leave = async (): Promise<void> => {
    const no = await until(() => button('Nein, danke') ?? button('Beenden') ?? button('Fertig'), 'way out')
    no.click()
    const end = await until(() => (no.isConnected && no.innerText.trim() === 'Beenden' ? no : button('Beenden')) ?? (button(words[4]!) && 'free'), 'goodbye')
    if (end !== 'free') end.click()
  }
  for (let i = 0; i < times && here.tapping; i++) {
    const value = among[(first + i * 7 + ((first + i) >> 2)) % among.length]!
    const touched = await until(face(value), 'face')
    await here.note({ type: 'tap', value })
    touched.click()
    const said = await until(() => refusal() ?? (heading() === 'Danke, das zählt' ? 'thanked' : undefined), 'answer')
    await here.note(said === 'thanked' ? { type: 'thanked' } : { type: 'refused', words: said })
    if (said !== 'thanked') return
    await leave()
  }
}
