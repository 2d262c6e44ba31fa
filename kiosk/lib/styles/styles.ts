/** The visual language, once per app: typeface, tokens, ground rules. */
import '@fontsource-variable/atkinson-hyperlegible-next/wght.css'
import './tokens.css'
import './base.css'
