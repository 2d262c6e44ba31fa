/** What one device is for: where it stands, what it shows, how large it is and how high it hangs. */
import type { Language } from '../kernel/language.ts'

/** Parts of the kiosk that a store may leave out. The aids (text size, contrast, speech) are none of them: nobody who needs them could switch them on. */
export const MODULES = ['browse', 'offers', 'basket', 'feedback', 'bring'] as const
/** `basket`: with the way onto the phone · `bring`: a basket from phone or web comes onto the kiosk, which needs `basket`. */
export type Module = (typeof MODULES)[number]

/** The visible panel. */
export type Panel = {
  /** Corner to corner. */
  readonly diagonalMm: number
  readonly widthPx: number
  readonly heightPx: number
}

/** A profile before it belongs to a device. */
export type ProfileDraft = {
  /** Words for people, e.g. "links vom Eingang"; may be empty. */
  readonly place: string
  /** Where customer and store meet; null: the store's default. */
  readonly touchpoint: string | null
  /** Category that stands first; null: none does. */
  readonly department: string | null
  /** At least one; the first one greets. */
  readonly languages: readonly Language[]
  /** At least one. */
  readonly modules: readonly Module[]
  /** Null: the browser's own idea of a millimetre. */
  readonly panel: Panel | null
  /** Middle of the panel above the floor; null: not measured. */
  readonly middleMm: number | null
  /** Step of the text size that a visit begins with: 0 … 3. */
  readonly textStep: number
}

/** `id`: the device's. */
export type DeviceProfile = ProfileDraft & { readonly id: string }

/** Height that everybody reaches, from the floor. Source  EN 301 549 clause 8.3.2: operable parts at most 1,220 mm, at least 380 mm high. */
export const REACH_MM = { highest: 1220, lowest: 380 } as const
/** Less room than this holds no row of targets with a title. */
export const LEAST_REACH_MM = 100

/** What a device without a profile is. */
export const PLAIN_PROFILE: ProfileDraft = { place: '', touchpoint: null, department: null, languages: ['de', 'en'], modules: MODULES, panel: null, middleMm: null, textStep: 0 }

/** Edges of the visible panel. Units  mm. */
export const panelSizeMm = ({ diagonalMm, widthPx, heightPx }: Panel): { readonly widthMm: number; readonly heightMm: number } => {
  const perPx = diagonalMm / Math.hypot(widthPx, heightPx)
  return { widthMm: widthPx * perPx, heightMm: heightPx * perPx }
}

/** The longer edge. Units  mm. */
export const longEdgeMm = (panel: Panel): number => {
  const { widthMm, heightMm } = panelSizeMm(panel)
  return Math.max(widthMm, heightMm)
}

/** How much of the panel lies beyond reach, seen from its edges. `usableMm`: what is left between. */
export type Reach = { readonly aboveMm: number; readonly belowMm: number; readonly usableMm: number }

/** Null if size or height are not known: then nothing is moved. */
export const reachOf = ({ panel, middleMm }: Pick<ProfileDraft, 'panel' | 'middleMm'>): Reach | null => {
  if (!panel || middleMm === null) return null
  const { heightMm } = panelSizeMm(panel)
  const aboveMm = Math.max(0, middleMm + heightMm / 2 - REACH_MM.highest)
  const belowMm = Math.max(0, REACH_MM.lowest - (middleMm - heightMm / 2))
  return { aboveMm, belowMm, usableMm: heightMm - aboveMm - belowMm }
}

/** What is wrong with a profile, as the editor says it; empty when it may be used. */
export type ProfileFault = 'no-language' | 'no-module' | 'bring-without-basket' | 'out-of-reach' | 'unlikely-panel'

/** Dots per millimetre of panels that exist: wall screens to phones. */
const DOTS_PER_MM = { least: 0.8, most: 30 } as const

export const profileFaults = (profile: ProfileDraft): readonly ProfileFault[] => {
  const { languages, modules, panel } = profile
  const reach = reachOf(profile)
  const dots = panel ? Math.hypot(panel.widthPx, panel.heightPx) / panel.diagonalMm : null
  const faults: readonly (ProfileFault | false)[] = [
    languages.length === 0 && 'no-language',
    modules.length === 0 && 'no-module',
    modules.includes('bring') && !modules.includes('basket') && 'bring-without-basket',
    dots !== null && (dots < DOTS_PER_MM.least || dots > DOTS_PER_MM.most) && 'unlikely-panel',
    reach !== null && panel !== null && reach.usableMm < Math.min(LEAST_REACH_MM, panelSizeMm(panel).heightMm) && 'out-of-reach',
  ]
  return faults.filter((fault) => fault !== false)
}

/** The same for another device: everything but the place and the height, which are measured where it hangs. */
export const copiedProfile = ({ place: _place, middleMm: _middle, ...rest }: ProfileDraft): ProfileDraft => ({ ...rest, place: '', middleMm: null })
