/** What does not fit into a narrow window or under large type: text or controls beyond the edge, or only to be had by scrolling sideways. */
import type { Page } from 'playwright-core'

export type Fit = { readonly width: number; readonly height: number; /** 2 is text at 200 %. */ readonly text: number }

/** One line per element that sticks out of a window, the window then as it was. */
export const stickingOut = async (page: Page, fits: readonly Fit[]): Promise<readonly string[]> => {
  const before = page.viewportSize()!
  const found: string[] = []
  for (const { width, height, text } of fits) {
    await page.setViewportSize({ width, height })
    found.push(...(await page.evaluate(cutOff, text)).map((what) => `${width} px wide, text ${text * 100} %: ${what}`))
  }
  await page.setViewportSize(before)
  return found
}

/** Runs in the page, with text so many times as large. */
const cutOff = async (factor: number): Promise<readonly string[]> => {
  const root = document.documentElement
  root.style.fontSize = ''
  root.style.fontSize = `${Number.parseFloat(getComputedStyle(root).fontSize) * factor}px`
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  const SLACK = 1
  const found: string[] = []
  type Edges = { readonly left: number; readonly right: number }
  /** Where an element's content can be seen: the window, and every box around it that hides or scrolls what is too wide. */
  const edgesOf = (element: Element): Edges => {
    let [left, right] = [0, document.documentElement.clientWidth]
    for (let around: Element | null = element; around && around !== document.body; around = around.parentElement) {
      if (getComputedStyle(around).overflowX === 'visible') continue
      const box = around.getBoundingClientRect()
      left = Math.max(left, box.left)
      right = Math.min(right, box.right)
    }
    return { left, right }
  }
  const isOut = ({ left, right, width, height }: DOMRect, edges: Edges): boolean => width > 1 && height > 1 && (right > edges.right + SLACK || left < edges.left - SLACK)
  /** Not what is only there for ears: a box of one pixel. */
  const isShown = (element: Element): boolean => {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || element.closest('.skip, .visually-hidden')) return false
    for (let around: Element | null = element; around; around = around.parentElement) if (around.clientWidth <= 1 && getComputedStyle(around).position === 'absolute') return false
    return true
  }
  const top = document.querySelector('dialog[open]') ?? document.body
  const texts = document.createTreeWalker(top, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const parent = node.parentElement
    if (!parent || !node.textContent?.trim() || !isShown(parent) || getComputedStyle(parent).textOverflow === 'ellipsis') continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const edges = edgesOf(parent)
    if ([...range.getClientRects()].some((rect) => isOut(rect, edges))) found.push(`"${node.textContent.trim().slice(0, 40)}"`)
  }
  for (const control of top.querySelectorAll('button, input, select, textarea, a, summary')) {
    if (isShown(control) && isOut(control.getBoundingClientRect(), edgesOf(control.parentElement!))) found.push(`<${control.localName}> ${(control.getAttribute('aria-label') ?? control.textContent ?? '').trim().slice(0, 40)}`)
  }
  root.style.fontSize = ''
  return found
}
