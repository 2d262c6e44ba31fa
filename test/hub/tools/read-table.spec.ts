import { describe, expect, it } from 'vitest'
import { readCsv } from '#hub/tools/read-table.ts'

const read = (text: string) => {
  const table = readCsv(text)
  return table.ok ? { rows: table.value.rows.map(({ line, cells }) => [line, ...cells]), bad: table.value.bad.map(({ line }) => line) } : table.error.why
}

describe('a CSV file', () => {
  it('keeps line breaks inside cells and knows on which line each row begins', () => {
    expect(read('a,b\r\n1,"x\r\ny"\r\n\r\n2,z\r\n')).toEqual({ rows: [[2, '1', 'x\ny'], [5, '2', 'z']], bad: [] })
  })
  it('loses only the damaged row: the one after it is read', () => {
    expect(read('a,b\n1,"3"x\n2,"y"\n3,z\n')).toEqual({ rows: [[3, '2', 'y'], [4, '3', 'z']], bad: [2] })
  })
  it('loses only one line by a quote that is never closed', () => {
    expect(read('a,b\n1,"open\n2,y\n3,"z"\n4,w')).toEqual({ rows: [[3, '2', 'y'], [4, '3', 'z'], [5, '4', 'w']], bad: [2] })
  })
  it('names the damaged line behind empty ones', () => {
    expect(read('a,b\n\n\n1,"3"x\n2,y\n')).toEqual({ rows: [[5, '2', 'y']], bad: [4] })
  })
  it('may begin with a byte order mark, and use semicolons or tabs', () => {
    expect(read('\uFEFFa;b\n1;2\n')).toEqual({ rows: [[2, '1', '2']], bad: [] })
    expect(read('a\tb\n1\t2\n')).toEqual({ rows: [[2, '1', '2']], bad: [] })
  })
  it('needs a header with different names', () => {
    expect(read('')).toBe('no header line')
    expect(read('"a"b,c\n1,2\n')).toBe('no header line')
    expect(read('a,a\n1,2\n')).toBe('two columns of one name')
  })
})
