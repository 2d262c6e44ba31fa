/** Baskets from the kiosk's panel through a camera into the shop. */
import { cameraWay, type CameraTally } from '../../shared/handoff/camera-way.ts'
import { unless, type Drill } from '../drill.ts'

/** Of all baskets, those that one of ten pictures must show. */
const READ_SHARE = 0.995

export const handOffCamera: Drill = {
  name: 'hand-off-camera',
  about: 'random baskets drawn as on the panel, photographed with tilt, blur, glare, noise, moiré and JPEG, read by an independent decoder, opened: the same basket at the same cents; rounds are baskets',
  needs: [],
  rounds: { light: 12, full: 2000 },
  plants: ['line-forgotten'],
  run: async ({ rounds, from, plant, say }) => {
    const tally: CameraTally = await cameraWay({ from, baskets: rounds, plant: plant === 'line-forgotten' ? plant : null, say: (so) => say(JSON.stringify(so)) })
    return {
      figures: { ...tally },
      broken: [
        ...unless(tally.misread === 0, `${tally.misread} pictures were read as another code`),
        ...unless(tally.otherBasket === 0, `${tally.otherBasket} baskets opened at other lines or cents`),
        ...unless(tally.first + tally.later >= rounds * READ_SHARE, `${tally.unread} of ${rounds} could not be read in ten pictures`),
      ],
    }
  },
}
