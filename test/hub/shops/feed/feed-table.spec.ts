import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFeedTable } from '#hub/shops/feed/feed-table.ts'

const fieldsOf = (text: string): readonly object[] => readFeedTable(text).rows.map(({ fields }) => fields)

describe('a table of a feed is read', () => {
  it.each([
    ['with semicolons', 'sku;price\nA;1,99\n', [{ sku: 'A', price: '1,99' }]],
    ['with commas', 'sku,price\nA,"1,99"\n', [{ sku: 'A', price: '1,99' }]],
    ['with tabs', 'sku\tprice\nA\t1,99\n', [{ sku: 'A', price: '1,99' }]],
    ['behind a byte order mark, with the line ends of Windows', '\uFEFFSKU;Price\r\nA;1\r\n\r\nB;2\r\n', [{ sku: 'A', price: '1' }, { sku: 'B', price: '2' }]],
    ['without an end to its last line', 'sku;price\nA;1', [{ sku: 'A', price: '1' }]],
    ['with quotes, separators and lines inside quotes', 'sku;name\nA;"a ""b""; c\nd"\nB;e\n', [{ sku: 'A', name: 'a "b"; c\nd' }, { sku: 'B', name: 'e' }]],
    ['as nothing where there is only a header', 'sku;price\n', []],
    ['as nothing where there is nothing', '', []],
  ])('%s', (_, text, rows) => {
    expect(fieldsOf(text)).toEqual(rows)
  })
  it('row by row: what is damaged is named by its line, the rest is kept', () => {
    const { rows, bad } = readFeedTable('sku;name\nA;a\nB\nC;c;c\nD;"d"d\nE;"e\nF;f\n')
    expect(rows.map(({ line, fields }) => [line, fields['sku']])).toEqual([['line 2', 'A'], ['line 7', 'F']])
    expect(bad).toEqual([
      { line: 'line 3', why: '1 columns, not 2' },
      { line: 'line 4', why: '3 columns, not 2' },
      { line: 'line 5', why: 'text behind a closing quote' },
      { line: 'line 6', why: 'a quote that is never closed' },
    ])
  })
  it('with the line at which a row begins, also behind one of several lines', () => {
    expect(readFeedTable('sku;name\nA;"a\na\na"\nB;b\n').rows.map(({ line }) => line)).toEqual(['line 2', 'line 5'])
  })
  it('as torn where it ends in the middle of a row', () => {
    expect(['sku;price\nA;1\nB', 'sku;price\nA;1\nB\n', 'sku;price\nA;1\nB;2', 'sku;price\nA;1\nB;"2'].map((text) => readFeedTable(text).torn)).toEqual([true, false, false, true])
  })
  it('as it was written, whatever stands in its cells', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ';', ',', '\n', ' ', 'ä', '\t') }).map((text) => text.trim())
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell).filter(([a]) => a !== ''), { maxLength: 8 }), (cells) => {
        const text = ['sku;name', ...cells.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(';'))].join('\n')
        expect(fieldsOf(text)).toEqual(cells.map(([sku, name]) => ({ sku, name })))
      }),
    )
  })
})
