import type { TradeRecord } from './record.ts'

/** A slice this file loads: the unit that replaces an older vintage. */
export interface LoadingSlice
  extends Pick<TradeRecord, 'dataset' | 'flow' | 'periodStart' | 'months' | 'scope' | 'hsEdition'> {
  id: number
  rows: number
}

/** Knows the slices of the file being loaded. Memory grows with slices, not with rows. */
export interface SliceBook {
  find(record: TradeRecord): LoadingSlice | undefined
  add(record: TradeRecord): Promise<LoadingSlice>
  all(): LoadingSlice[]
}

/** `allocate` hands out that many new slice ids. */
export function sliceBook(allocate: (count: number) => Promise<number[]>): SliceBook {
  const slices = new Map<string, LoadingSlice>()
  let ids: number[] = []
  let last: LoadingSlice | undefined
  return {
    find(record) {
      // rows of one slice mostly follow each other
      if (last === undefined || !belongsTo(record, last)) last = slices.get(keyOf(record))
      return last
    },
    async add(record) {
      if (ids.length === 0) ids = await allocate(Math.min(1000, 16 + slices.size))
      const { dataset, flow, periodStart, months, scope, hsEdition } = record
      const id = ids.pop() ?? 0
      const slice = { id, dataset, flow, periodStart, months, scope, hsEdition, rows: 0 }
      slices.set(keyOf(record), slice)
      return slice
    },
    all: () => [...slices.values()],
  }
}

function belongsTo(record: TradeRecord, slice: LoadingSlice): boolean {
  return (
    record.periodStart === slice.periodStart &&
    record.flow === slice.flow &&
    record.scope === slice.scope &&
    record.months === slice.months &&
    record.dataset === slice.dataset
  )
}

function keyOf(record: TradeRecord): string {
  return `${record.dataset}|${record.flow}|${record.periodStart}|${record.months}|${record.scope}`
}
