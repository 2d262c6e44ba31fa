/** The picture of what was taken flies to the basket, so that nobody has to look for where it went. */
import { afterPaint } from '../lib/platform/after-paint.ts'

const FLIGHT_MS = 240

/** Takes off once the touch itself is answered: measuring the way costs more than the rest of it. */
export const flyToBasket = (picture: HTMLImageElement | null): void => {
  if (picture && !matchMedia('(prefers-reduced-motion: reduce)').matches) afterPaint(() => takeOff(picture))
}

const takeOff = (picture: HTMLImageElement): void => {
  const basket = document.getElementById('basket')
  if (!basket || !picture.isConnected) return
  const from = picture.getBoundingClientRect()
  const to = basket.getBoundingClientRect()
  const flying = picture.cloneNode() as HTMLImageElement
  const { style } = flying
  style.position = 'fixed'
  style.left = `${from.left}px`
  style.top = `${from.top}px`
  style.width = `${from.width}px`
  style.height = `${from.height}px`
  style.zIndex = '10'
  style.pointerEvents = 'none'
  document.body.append(flying)
  const dx = to.left + to.width / 2 - from.left - from.width / 2
  const dy = to.top + to.height / 2 - from.top - from.height / 2
  const flight = flying.animate([{ transform: 'none' }, { transform: `translate(${dx}px, ${dy}px) scale(0.2)`, opacity: 0.6 }], { duration: FLIGHT_MS, easing: 'cubic-bezier(0.5, 0, 0.7, 1)' })
  const land = (): void => flying.remove()
  flight.addEventListener('finish', land)
  flight.addEventListener('cancel', land)
  basket.animate([{ transform: 'none' }, { transform: 'scale(1.06)' }, { transform: 'none' }], { duration: 200, delay: FLIGHT_MS })
}
