/** The door to the panel's real size: makes `--mm` one millimetre on this very screen, so a 20 mm target is 20 mm. */

/** Longest visible edge of the panel, from the device profile; null: the browser's own idea of a millimetre. */
export type PanelSize = { readonly longEdgeMm: number } | null

/** Wall screens below and tablets above this are a wrong entry, not a panel. */
const PX_PER_MM = { least: 1.2, most: 16 } as const

export const applyPanelSize = (panel: PanelSize): void => {
  const pxPerMm = panel && pixelsPerMm(panel.longEdgeMm, Math.max(screen.width, screen.height))
  if (pxPerMm === null) document.documentElement.style.removeProperty('--mm')
  else document.documentElement.style.setProperty('--mm', `${pxPerMm}px`)
}

/** Leaves free what nobody who sits or is small can touch: above and below, of the real panel. Null: nothing. */
export const applyReach = (reach: { readonly aboveMm: number; readonly belowMm: number } | null): void => {
  const set = (name: string, mm: number): void => {
    if (mm > 0) document.documentElement.style.setProperty(name, `calc(var(--mm) * ${Math.round(mm)})`)
    else document.documentElement.style.removeProperty(name)
  }
  set('--reach-above', reach?.aboveMm ?? 0)
  set('--reach-below', reach?.belowMm ?? 0)
}

/** Null where the numbers cannot belong to a real panel. */
export const pixelsPerMm = (longEdgeMm: number, longEdgePx: number): number | null => {
  const pxPerMm = longEdgePx / longEdgeMm
  return Number.isFinite(pxPerMm) && pxPerMm >= PX_PER_MM.least && pxPerMm <= PX_PER_MM.most ? Math.round(pxPerMm * 1000) / 1000 : null
}
