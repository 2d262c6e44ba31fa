/** A red strip over a page that came unencrypted from another machine: whoever set it up so sees it, on every screen. */
import './insecure-notice.css'

const TEXT = { de: 'Ungesicherte Verbindung, nur zum Ausprobieren: Wer im selben Netz ist, kann mitlesen.', en: 'Not encrypted, for trials only: anybody in this network can read along.' } as const

const strip = document.createElement('p')
strip.className = 'insecure-notice'
strip.setAttribute('role', 'alert')
strip.textContent = document.documentElement.lang.startsWith('en') || !navigator.language.startsWith('de') ? `${TEXT.en} ${TEXT.de}` : `${TEXT.de} ${TEXT.en}`
document.body.prepend(strip)
