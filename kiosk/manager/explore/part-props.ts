/** What every part of the page "Verstehen" is given. */
import type { ExploreView } from '../explore-view.svelte.ts'
import type { TileSurroundings } from './tile-state.ts'
import type { FigureChoices } from '#shared/protocol/figures.ts'

export type PartProps = {
  readonly explore: ExploreView
  readonly around: TileSurroundings
  /** Null: not known yet. */
  readonly choices: FigureChoices | null
  readonly placeName: (touchpoint: string) => string
}
