/** Multiplies a symmetric positive semidefinite operator with a vector. */
export type Operator = (vector: Float64Array) => Float64Array

export interface SecondEigenvector {
  vector: Float64Array
  second: number
  /** 0 where there is no third. */
  third: number
}

const blockSize = 12
const tolerance = 1e-12
const maxRounds = 20_000

/**
 * The second eigenvector of an operator whose first one is known: block power iteration on the space at right angles to `first`,
 * with a Rayleigh–Ritz step each round. Starts from fixed vectors, so the same operator always gives the same answer. Null for
 * fewer than two dimensions or when it does not converge.
 */
export function secondEigenvector(operator: Operator, first: Float64Array): SecondEigenvector | null {
  const size = first.length
  const width = Math.min(blockSize, size - 1)
  if (width < 1) return null
  let block = orthonormal(startVectors(size, width), first)
  for (let round = 0; round < maxRounds; round++) {
    const images = block.map(operator)
    const { values, vectors } = jacobi(block.map((left) => images.map((right) => dot(left, right))))
    const ritz = rotate(block, vectors)
    const mapped = rotate(images, vectors)
    const [leading] = ritz
    const [image] = mapped
    const [second = 0, third = 0] = values
    if (!leading || !image) return null
    if (distance(image, leading, second) <= tolerance) return { vector: leading, second, third }
    block = orthonormal(mapped, first)
  }
  return null
}

/** Fixed, independent directions: cosines of growing frequency with incommensurate phases. */
function startVectors(size: number, width: number): Float64Array[] {
  return Array.from({ length: width }, (_, column) =>
    Float64Array.from({ length: size }, (_, row) => Math.cos((row + 1) * (column + 1) * Math.SQRT2 + column)),
  )
}

/** Gram–Schmidt, twice for accuracy, against `first` and each other; a direction that vanishes is replaced by a fresh one. */
function orthonormal(vectors: readonly Float64Array[], first: Float64Array): Float64Array[] {
  const basis: Float64Array[] = [normalised(first)]
  for (const [index, vector] of vectors.entries()) {
    let rest = withoutBasis(normalised(vector), basis)
    for (let axis = index; norm(rest) < 1e-8 && axis < index + vector.length; axis++) {
      const unit = new Float64Array(vector.length)
      unit[axis % vector.length] = 1
      rest = withoutBasis(unit, basis)
    }
    basis.push(normalised(rest))
  }
  return basis.slice(1)
}

function withoutBasis(vector: Float64Array, basis: readonly Float64Array[]): Float64Array {
  const rest = Float64Array.from(vector)
  for (let pass = 0; pass < 2; pass++) {
    for (const direction of basis) {
      const along = dot(rest, direction)
      for (let index = 0; index < rest.length; index++)
        rest[index] = at(rest, index) - along * at(direction, index)
    }
  }
  return rest
}

/** Eigenvalues, falling, and eigenvectors (one a row) of a small symmetric matrix, by Jacobi rotations. */
function jacobi(matrix: readonly (readonly number[])[]): { values: number[]; vectors: number[][] } {
  const size = matrix.length
  const a = matrix.map((row) => Float64Array.from(row))
  const v = matrix.map((_, row) =>
    Float64Array.from({ length: size }, (_, column) => (row === column ? 1 : 0)),
  )
  for (let sweep = 0; sweep < 60 && offDiagonal(a) > 1e-32; sweep++) {
    for (let p = 0; p < size - 1; p++) for (let q = p + 1; q < size; q++) rotatePlane(a, v, p, q)
  }
  const values = a.map((row, index) => at(row, index))
  const order = values.map((_, index) => index).sort((i, j) => (values[j] ?? 0) - (values[i] ?? 0) || i - j)
  return {
    values: order.map((index) => values[index] ?? 0),
    vectors: order.map((index) => v.map((row) => at(row, index))),
  }
}

function rotatePlane(a: Float64Array[], v: Float64Array[], p: number, q: number): void {
  const [rowP, rowQ] = [a[p], a[q]]
  if (!rowP || !rowQ || at(rowP, q) === 0) return
  const theta = (at(rowQ, q) - at(rowP, p)) / (2 * at(rowP, q))
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1))
  const c = 1 / Math.hypot(t, 1)
  const s = t * c
  for (const row of [...a, ...v]) {
    const [x, y] = [at(row, p), at(row, q)]
    row[p] = c * x - s * y
    row[q] = s * x + c * y
  }
  for (let column = 0; column < rowP.length; column++) {
    const [x, y] = [at(rowP, column), at(rowQ, column)]
    rowP[column] = c * x - s * y
    rowQ[column] = s * x + c * y
  }
}

function offDiagonal(a: readonly Float64Array[]): number {
  return a.reduce((total, row, i) => total + row.reduce((part, x, j) => part + (i === j ? 0 : x * x), 0), 0)
}

function rotate(vectors: readonly Float64Array[], weights: readonly number[][]): Float64Array[] {
  return weights.map((weight) => {
    const mixed = new Float64Array(vectors[0]?.length ?? 0)
    for (const [index, vector] of vectors.entries()) {
      const factor = weight[index] ?? 0
      for (let row = 0; row < mixed.length; row++) mixed[row] = at(mixed, row) + factor * at(vector, row)
    }
    return mixed
  })
}

function distance(image: Float64Array, vector: Float64Array, factor: number): number {
  return norm(image.map((x, index) => x - factor * at(vector, index)))
}

function normalised(vector: Float64Array): Float64Array {
  const length = norm(vector)
  return length === 0 ? vector : vector.map((x) => x / length)
}

function norm(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector))
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0
  for (let index = 0; index < a.length; index++) total += at(a, index) * at(b, index)
  return total
}

function at(vector: Float64Array, index: number): number {
  return vector[index] ?? 0
}
