/** Compares by a figure; absent figures and the lines that are no code of their own come last in either direction. */
export function byFigure<Line extends { code: string }>(figure: (line: Line) => number | null) {
  return (a: Line, b: Line, order?: 'descend' | 'ascend' | null) => {
    const last = order === 'descend' ? -1 : 1
    const [restA, restB] = [isRest(a), isRest(b)]
    if (restA !== restB) return restA ? last : -last
    const [one, other] = [figure(a), figure(b)]
    if (one === null || other === null) return one === other ? 0 : one === null ? last : -last
    return one - other
  }
}

function isRest({ code }: { code: string }): boolean {
  return code === 'other' || code === 'unclassified'
}
