import { describe, expect, it } from 'vitest'
import { csvLine } from '#hub/use-cases/feedback/csv-line.ts'

describe('a line of CSV', () => {
  it('quotes what would break it', () => expect(csvLine(['a,b', 'c"d', 'e\nf', 'g', null, 1])).toBe('"a,b","c""d","e\nf",g,,1'))
  it.each(['=1', '+1+2', '-cmd', '@x', '\t=1', '  =1', '＝1'])('disarms %j', (text) => expect(csvLine([text])).toBe(`"'${text}"`))
  it('leaves negative numbers alone', () => expect(csvLine([-6.86, '-7'])).toBe('-6.86,-7'))
})
