import { describe, expect, it } from 'vitest'
import { cameraWay } from './camera-way.ts'

describe('random baskets through a camera: tilt, blur, glare, noise, moiré, JPEG', () => {
  it('open as they were shown, to the cent: baskets 1 to 12, in the drill 2,000', async () => {
    const tally = await cameraWay({ from: 1, baskets: 12 })
    expect(tally).toMatchObject({ baskets: 12, unread: 0, misread: 0, otherBasket: 0 })
    expect(tally.first).toBeGreaterThan(8)
  })
  it('which would be noticed: with the last line forgotten, they open as others', async () => {
    const { otherBasket } = await cameraWay({ from: 1, baskets: 3, plant: 'line-forgotten' })
    expect(otherBasket).toBeGreaterThan(1)
  })
})
