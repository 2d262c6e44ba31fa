/** What to say about the place that was touched: the control's own name, or the paragraph it is in. */
const CONTROLS = 'button, a, input, textarea, label, summary, [role=switch]'
const PASSAGES = 'h1, h2, h3, p, li, dt, dd, article'
const MAX_CHARS = 400

export const wordsOf = (target: Element): string | null => {
  const place = target.closest(CONTROLS) ?? target.closest(PASSAGES)
  if (!place) return null
  const name = place.getAttribute('aria-label') ?? (place instanceof HTMLInputElement ? labelOf(place) : null) ?? place.textContent
  const words = name.replaceAll(/\s+/g, ' ').trim().slice(0, MAX_CHARS)
  return words === '' ? null : words
}

const labelOf = (input: HTMLInputElement): string | null => input.labels?.[0]?.textContent ?? null
