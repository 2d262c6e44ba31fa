import { describe, expect, it } from 'vitest'
import { answerGraphql, connection } from './graphql-answer.ts'

const ROOT = {
  shop: { __typename: 'Shop', name: 'Kontor', tags: ['a', 'b'] },
  goods: connection([{ __typename: 'Tea', id: '1', leaves: 3 }, { __typename: 'Mug', id: '2', colour: 'blue' }, { __typename: 'Mug', id: '3', colour: 'red' }]),
}
const ask = (query: string, variables: { readonly [name: string]: unknown } = {}) => answerGraphql(query, variables, ROOT)

describe('answers of a test shop', () => {
  it('hold what was asked for and no more, by its alias and its type', () => {
    expect(ask('query($first:Int!,$after:String){page:goods(first:$first,after:$after){nodes{kind:__typename id ...on Tea{leaves} ...on Mug{colour}} pageInfo{hasNextPage endCursor}} shop{name tags}}', { first: 2, after: null })).toEqual({
      data: { page: { nodes: [{ kind: 'Tea', id: '1', leaves: 3 }, { kind: 'Mug', id: '2', colour: 'blue' }], pageInfo: { hasNextPage: true, endCursor: 'after:2' } }, shop: { name: 'Kontor', tags: ['a', 'b'] } },
    })
    expect(ask('{goods(first:2,after:"after:2"){nodes{id} pageInfo{hasNextPage}}}')).toEqual({ data: { goods: { nodes: [{ id: '3' }], pageInfo: { hasNextPage: false } } } })
  })
  it.each([
    ['a field that is not there', '{shop{owner}}', "Field 'owner' doesn't exist on type 'Shop'"],
    ['a field of another type', '{goods{nodes{leaves}}}', "Field 'leaves' doesn't exist on type 'Mug'"],
    ['an object without its fields', '{shop}', "Field 'shop' must have a selection of its fields"],
    ['a question that is not one', '{shop{name}', 'Parse error at "end", expected "more"'],
  ])('are an error for %s', (_, query, message) => {
    expect(ask(query)).toEqual({ data: null, errors: [{ message, extensions: { code: 'undefinedField' } }] })
  })
})
