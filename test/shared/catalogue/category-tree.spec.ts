import { describe, expect, it } from 'vitest'
import { categoryTree } from '#shared/catalogue/category-tree.ts'
import { category } from './product-builder.ts'

const ids = (all: readonly { readonly id: string }[]): readonly string[] => all.map(({ id }) => id)

describe('the category tree', () => {
  const tree = categoryTree([
    category('drinks', null, 'Getränke', 'Drinks', 2),
    category('cheese', 'dairy', 'Käse', 'Cheese', 2),
    category('dairy', null, 'Milch', 'Dairy', 1),
    category('butter', 'dairy', 'Butter', 'Butter', 1),
    category('hard-cheese', 'cheese', 'Hartkäse', 'Hard cheese'),
  ])
  it('lists siblings in their order', () => {
    expect(ids(tree.childrenOf(null))).toEqual(['dairy', 'drinks'])
    expect(ids(tree.childrenOf('dairy'))).toEqual(['butter', 'cheese'])
    expect(tree.childrenOf('drinks')).toEqual([])
  })
  it('tells the way from the top: Milch, Käse, Hartkäse', () => {
    expect(ids(tree.pathTo('hard-cheese'))).toEqual(['dairy', 'cheese', 'hard-cheese'])
    expect(tree.pathTo('unknown')).toEqual([])
  })
  it('keeps a category reachable whose parent is gone, or that is its own ancestor', () => {
    const broken = categoryTree([category('a', 'gone', 'A', 'A'), category('b', 'c', 'B', 'B'), category('c', 'b', 'C', 'C')])
    expect(ids(broken.childrenOf(null))).toEqual(['a', 'b', 'c'])
    expect(ids(broken.pathTo('b'))).toEqual(['b'])
  })
})
