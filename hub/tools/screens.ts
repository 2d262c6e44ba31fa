/** `npm run screens`: a picture of every screen × size × language × theme, and a page to look at them side by side. */
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { openBrowser } from './rig/browser-session.ts'
import { dressPage, themeOf } from './rig/dress-page.ts'
import { openTourStore } from './tour/tour-store.ts'
import { TOURS } from './tour/tours.ts'
import type { Language, Tour, TourStore } from './tour/tour.ts'
import { writeContactSheet, type Picture } from './screens/contact-sheet.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SIZES = ['1080x1920', '1920x1080', '1280x800', '390x844'] as const
const LANGUAGES = ['de', 'en'] as const
/** Name in file names → what the page is told. */
const THEMES = { light: 'light', dark: 'dark', contrast: 'white-on-black' } as const
type Theme = keyof typeof THEMES

const HELP = `npm run screens [-- --app A --size WxH --language L --theme T --out DIR]   each may be given several times
  --app       ${TOURS.map(({ app }) => app).join(', ')}
  --size      ${SIZES.join(', ')}
  --language  ${LANGUAGES.join(', ')}
  --theme     ${Object.keys(THEMES).join(', ')}
  --out       folder (default dist/screens); index.html there shows them side by side`

type Wishes = { readonly apps: readonly Tour[]; readonly sizes: readonly string[]; readonly languages: readonly Language[]; readonly themes: readonly Theme[]; readonly out: string }

const readWishes = (): Wishes | number => {
  const several = { type: 'string', multiple: true } as const
  try {
    const { values } = parseArgs({ options: { help: { type: 'boolean' }, app: several, size: several, language: several, theme: several, out: { type: 'string', default: 'dist/screens' } } })
    if (values.help) {
      console.log(HELP)
      return 0
    }
    const names = pick('--app', values.app, TOURS.map(({ app }) => app))
    return {
      apps: TOURS.filter(({ app }) => names.includes(app)),
      sizes: pick('--size', values.size, SIZES),
      languages: pick('--language', values.language, LANGUAGES),
      themes: pick('--theme', values.theme, Object.keys(THEMES) as Theme[]),
      out: resolve(ROOT, values.out),
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 2
  }
}

const pick = <T extends string>(flag: string, wanted: readonly string[] | undefined, known: readonly T[]): readonly T[] => {
  const unknown = wanted?.find((one) => !known.some((name) => name === one))
  if (unknown !== undefined) throw new Error(`${flag}: there is no "${unknown}"; choose from ${known.join(', ')}`)
  return wanted ? known.filter((name) => wanted.includes(name)) : known
}

const main = async (wishes: Wishes): Promise<number> => {
  rmSync(wishes.out, { recursive: true, force: true })
  mkdirSync(wishes.out, { recursive: true })
  const store = await openTourStore()
  const pictures: Picture[] = []
  const failures: string[] = []
  try {
    for (const tour of wishes.apps) {
      for (const language of wishes.languages) await takeTour(tour, language, store, wishes, pictures, failures)
    }
  } finally {
    await store.close()
  }
  writeContactSheet(wishes.out, pictures)
  for (const failure of failures) console.error(failure)
  console.log(`${pictures.length} pictures: ${join(wishes.out, 'index.html')}`)
  return failures.length === 0 && pictures.length > 0 ? 0 : 1
}

/** One walk per language; at every stop the window takes all sizes and themes in turn. */
const takeTour = async (tour: Tour, language: Language, store: TourStore, wishes: Wishes, pictures: Picture[], failures: string[]): Promise<void> => {
  const [width, height] = sizeOf(wishes.sizes[0]!)
  const session = await openBrowser({ width, height, language, reducedMotion: true })
  try {
    for (const stop of tour.stops(store, language)) {
      await setSize(session.page, wishes.sizes[0]!)
      await stop.go(session.page)
      const worn = await themeOf(session.page)
      for (const size of wishes.sizes) {
        for (const theme of wishes.themes) pictures.push(await takePicture(session.page, { app: tour.app, stop: stop.name, size, language, theme }, wishes.out))
      }
      await dressPage(session.page, worn)
      console.log(`${tour.app} ${language} ${stop.name}`)
    }
  } catch (error) {
    failures.push(`${tour.app} ${language}: ${error instanceof Error ? error.message : String(error)}`)
    await session.page.screenshot({ path: join(wishes.out, `failed-${tour.app}-${language}.png`) })
  } finally {
    await session.close()
  }
}

const takePicture = async (page: Page, of: Omit<Picture, 'file'>, out: string): Promise<Picture> => {
  await setSize(page, of.size)
  await dressPage(page, THEMES[of.theme as Theme])
  const file = `${of.app}-${of.stop}-${of.size}-${of.language}-${of.theme}.png`
  await page.screenshot({ path: join(out, file), animations: 'disabled', caret: 'hide' })
  return { ...of, file }
}

const sizeOf = (size: string): readonly [number, number] => size.split('x').map(Number) as [number, number]

const setSize = async (page: Page, size: string): Promise<void> => {
  const [width, height] = sizeOf(size)
  await page.setViewportSize({ width, height })
}

const wishes = readWishes()
process.exitCode = typeof wishes === 'number' ? wishes : await main(wishes)
