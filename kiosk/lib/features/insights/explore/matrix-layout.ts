/** Where the numbered points of a matrix stand, so that none hides another. */

export type Spot = { readonly x: number; readonly y: number }
/** `at`: where the value is · `label`: where its number is drawn, pushed aside when the place is taken. */
export type PlacedSpot = { readonly at: Spot; readonly label: Spot }

const TURNS = 12
const RINGS = 6

/** Units  any; `apart` in the same. Order  as given: the earlier one keeps its place. */
export const placeSpots = (spots: readonly Spot[], apart: number, within: { readonly width: number; readonly height: number }): readonly PlacedSpot[] => {
  const taken: Spot[] = []
  return spots.map((at) => {
    const label = candidates(at, apart).find((spot) => isInside(spot, apart, within) && taken.every((other) => Math.hypot(other.x - spot.x, other.y - spot.y) >= apart)) ?? at
    taken.push(label)
    return { at, label }
  })
}

/** The place itself, then rings around it, further and further. */
const candidates = (at: Spot, apart: number): readonly Spot[] => [
  at,
  ...Array.from({ length: RINGS * TURNS }, (_, i) => {
    const [ring, turn] = [Math.floor(i / TURNS) + 1, (2 * Math.PI * (i % TURNS)) / TURNS]
    return { x: at.x + ring * apart * 0.75 * Math.cos(turn), y: at.y + ring * apart * 0.75 * Math.sin(turn) }
  }),
]

const isInside = ({ x, y }: Spot, apart: number, { width, height }: { readonly width: number; readonly height: number }): boolean => x >= apart / 2 && y >= apart / 2 && x <= width - apart / 2 && y <= height - apart / 2

/** Ends of an axis that holds all values and the cross with a little room. */
export const axisEnds = (values: readonly number[]): readonly [number, number] => {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const room = (high - low || 1) * 0.2
  return [low - room, high + room]
}
