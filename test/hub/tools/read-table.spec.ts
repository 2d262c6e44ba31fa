import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCsv, readTable } from '#hub/tools/read-table.ts'

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
  it('may say what separates its cells, end its rows with a separator, and hold quotes inside a cell', () => {
    expect(read('sep=;\na;b,c\n1;2\n')).toEqual({ rows: [[3, '1', '2']], bad: [] })
    expect(read('a;b\n1;2;\n1;2;3\n')).toEqual({ rows: [[2, '1', '2'], [3, '1', '2', '3']], bad: [] })
    expect(read('a|b\n1|Fernseher 55" flach\n')).toEqual({ rows: [[2, '1', 'Fernseher 55" flach']], bad: [] })
    expect(read('"Wie war es,\nalles in allem?";b\n"x;y";"sagte ""gut"""\n')).toEqual({ rows: [[3, 'x;y', 'sagte "gut"']], bad: [] })
  })
  it('takes as many steps as it has characters, however many of its rows are damaged', () => {
    const table = readCsv(`a,b\n${'1,"3"x\n'.repeat(60_000)}2,y\n`)
    expect(table.ok && [table.value.rows.length, table.value.bad.length, table.value.bad.at(-1)!.line]).toEqual([1, 60_000, 60_001])
  })
  it('names columns without a name, and two of one name', () => {
    const table = readCsv('a,,a,"Wie\nwar  es?"\n1,2,3,4\n')
    expect(table.ok && table.value.header).toEqual(['a', 'column 2', 'a (2)', 'Wie war es?'])
  })
  it('needs a header', () => {
    expect(read('')).toBe('no header line')
    expect(read('"a"b,c\n1,2\n')).toBe('no header line')
  })
})

describe('a file', () => {
  const readFile = (name: string, bytes: string | Buffer) => {
    const folder = mkdtempSync(join(tmpdir(), 'einklang-table-'))
    writeFileSync(join(folder, name), bytes)
    const table = readTable(join(folder, name))
    rmSync(folder, { recursive: true, force: true })
    return table.ok ? { header: table.value.header, cells: table.value.rows.map(({ cells }) => cells), bad: table.value.bad } : table.error.why
  }
  const two = { header: ['id', 'stars'], cells: [['1', '5'], ['2', '3']], bad: [] }
  it('of JSON may be a list, a list inside an object, or an object a line, whatever its name', () => {
    expect(readFile('a.json', '[{"id":1,"stars":5},{"id":2,"stars":3}]')).toEqual(two)
    expect(readFile('a.json', '{"count":2,"answers":[{"id":1,"stars":5},{"id":2,"stars":3}]}')).toEqual(two)
    expect(readFile('a.jsonl', '{"id":1,"stars":5}\n{"id":2,"stars":3}\n')).toEqual(two)
    expect(readFile('a.txt', '{"id":1,"stars":5}\n{"id":2,"stars":3}\n')).toEqual(two)
    expect(readFile('a.ndjson', '{"id":1,"stars":5}\n{"id":2,\n{"id":2,"stars":3}\n')).toEqual({ ...two, bad: [{ line: 2, reason: 'no JSON' }] })
  })
  it('of JSON has a column for what lies inside an object, and lists as choices', () => {
    expect(readFile('a.json', '[{"data":{"mood":4,"liked":["a","b"]}}]')).toEqual({ header: ['data.mood', 'data.liked'], cells: [['4', 'a;b']], bad: [] })
  })
  it('that is none is said to be none', () => {
    expect(readFile('a.json', '{"id":1,')).toBe('neither a JSON list of objects nor an object a line')
    expect(readFile('a.json', '[1,2]')).toEqual({ header: [], cells: [], bad: [{ line: 1, reason: 'not an object' }, { line: 2, reason: 'not an object' }] })
  })
  it('of a spreadsheet may be written in two bytes a letter', () => {
    expect(readFile('a.txt', Buffer.from('\uFEFFid\tstars\r\n1\t5\r\n2\t3\r\n', 'utf16le'))).toEqual(two)
  })
})
