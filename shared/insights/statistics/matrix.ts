/** The little linear algebra that regression needs. Matrices are lists of rows, square and symmetric. */

export type Matrix = readonly (readonly number[])[]

/** Below this a pivot of a correlation matrix is rounding, and one column repeats the others. */
export const SINGULAR_BELOW = 1e-10

/**
 * The lower factor L with L·Lᵀ = matrix; null if a column is a sum of the others.
 * Source  Cholesky, in Benoît, Bull. géodésique 2 (1924) 67.
 */
export const choleskyOf = (matrix: Matrix): Matrix | null => {
  const factor: number[][] = []
  for (const [i, row] of matrix.entries()) {
    const own = factorRow(factor, row.slice(0, i))
    const rest = row[i]! - own.reduce((sum, value) => sum + value * value, 0)
    if (rest < SINGULAR_BELOW) return null
    factor.push([...own, Math.sqrt(rest)])
  }
  return factor
}

/** Solves L·x = right for the rows of L that are given. */
export const factorRow = (factor: Matrix, right: readonly number[]): number[] => {
  const solved: number[] = []
  for (const [i, value] of right.entries()) {
    const row = factor[i]!
    let rest = value
    for (let k = 0; k < i; k++) rest -= row[k]! * solved[k]!
    solved.push(rest / row[i]!)
  }
  return solved
}

/** Solves matrix·x = right by its Cholesky factor. */
export const solveWith = (factor: Matrix, right: readonly number[]): readonly number[] => {
  const x = factorRow(factor, right)
  for (let i = x.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < x.length; k++) x[i]! -= factor[k]![i]! * x[k]!
    x[i]! /= factor[i]![i]!
  }
  return x
}

/** Values and vectors with matrix·v = value·v. Shape  `vectors[k]` belongs to `values[k]`. */
export type Eigen = { readonly values: readonly number[]; readonly vectors: Matrix }

/**
 * Eigenvalues and eigenvectors of a symmetric matrix.
 * Source  Jacobi, J. reine angew. Math. 30 (1846) 51, swept in fixed order until nothing stands beside the diagonal.
 */
export const eigenOf = (matrix: Matrix): Eigen => {
  const a = matrix.map((row) => [...row])
  const v = matrix.map((_, i) => matrix.map((_, j) => (i === j ? 1 : 0)))
  for (let sweep = 0; sweep < MOST_SWEEPS && besideDiagonal(a) > 1e-26; sweep++) {
    for (let p = 0; p < a.length; p++) for (let q = p + 1; q < a.length; q++) turn(a, v, p, q)
  }
  return { values: a.map((row, i) => row[i]!), vectors: a.map((_, k) => v.map((row) => row[k]!)) }
}

/** Six are enough for twenty columns; the bound is for numbers that are none. */
const MOST_SWEEPS = 60

const besideDiagonal = (a: Matrix): number => a.reduce((sum, row, i) => row.reduce((own, value, j) => (i === j ? own : own + value * value), sum), 0)

const turn = (a: number[][], v: number[][], p: number, q: number): void => {
  if (Math.abs(a[p]![q]!) < 1e-300) return
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * a[p]![q]!)
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const s = t * c
  for (const row of a) [row[p], row[q]] = [c * row[p]! - s * row[q]!, s * row[p]! + c * row[q]!]
  const [rowP, rowQ] = [a[p]!, a[q]!]
  for (let k = 0; k < a.length; k++) [rowP[k], rowQ[k]] = [c * rowP[k]! - s * rowQ[k]!, s * rowP[k]! + c * rowQ[k]!]
  for (const row of v) [row[p], row[q]] = [c * row[p]! - s * row[q]!, s * row[p]! + c * row[q]!]
}
