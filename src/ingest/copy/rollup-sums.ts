import { cutCode, type OptionalDimension, rollupsFor } from '../rollup.ts'
import { type Dictionaries, type Dictionary, dictionary, keyAt, type SliceSums } from './keys.ts'
import { rollupRows } from './rollup-rows.ts'
import { type Amounts, addRow, emptyTable, sumTable } from './sums.ts'

/** Sums rows while they stream by. */
export interface RollupSums {
  dictionaries: Dictionaries
  /** The number of a product code, cut to the finest level that is summed. */
  hsId(code: string): number
  /** `slice` is the id of its slice, `keys` are by keyAt. */
  add(slice: number, keys: Int32Array, amounts: Amounts): void
  /** Ends the summing: some rows are totals of others, and only the database can tell which. */
  stop(): void
  /** Rollups of the slices that are likely complete, when there is need of their memory. */
  relieve(present: ReadonlySet<OptionalDimension>): Generator<Uint8Array>
  /** The rollups of all others. */
  rest(present: ReadonlySet<OptionalDimension>): Generator<Uint8Array>
  /** False when what was written is not the whole, so that the facts have to be summed again. */
  whole(): boolean
}

/** Groups held at most, about 90 bytes each: beyond it complete slices are written; a single slice may have twice as many. */
const mostGroups = 500_000
/** Rows of other slices after which one is likely complete. */
const quietRows = 50_000
/** Numbers that fit the combined keys and the memory; ten times what a year of the whole country has. */
const mostPartners = 4096
const mostCodes = 1 << 17
const mostKinds = 256
const mostModes = 32_768
const mostDistricts = 65_536
const mostEnterprises = 200_000
const mostUnits = 1000

/** Sums for a layout with these levels of the product code. Memory is bounded: beyond it, the database sums the facts. */
export function rollupSums(hsLevels: readonly number[], { firms }: { firms: boolean }): RollupSums {
  const dictionaries = emptyDictionaries()
  const codes = codeNumbers(dictionaries.hs, Math.max(...hsLevels))
  const slices = new Map<number, SliceSums>()
  const written = new Set<number>()
  let writtenNames: string | null = null
  let whole = true
  let last = -1
  let sums: SliceSums | undefined
  /** Tables of a slice that was written: the next one is mostly of like size. */
  let spare: SliceSums | null = null
  let added = 0
  /** How many rows had been added when the last row of a slice was. */
  const leftAt = new Map<number, number>()

  const giveUp = () => {
    whole = false
    slices.clear()
    sums = undefined
    spare = null
  }
  const begin = (slice: number): void => {
    if (written.has(slice) || tooMany(dictionaries)) {
      giveUp()
      return
    }
    leftAt.set(last, added)
    last = slice
    sums = slices.get(slice)
    if (sums !== undefined) return
    sums = spare ?? emptySums(firms)
    spare = null
    slices.set(slice, sums)
  }
  function* write(ids: readonly number[], present: ReadonlySet<OptionalDimension>): Generator<Uint8Array> {
    const names = rollupsFor(present, hsLevels)
    if (tooMany(dictionaries) || (writtenNames !== null && writtenNames !== names.join())) giveUp()
    for (const id of ids) {
      const held = slices.get(id)
      if (held === undefined) continue
      writtenNames = names.join()
      yield* rollupRows(id, held, { names, dictionaries, hsLevels })
      slices.delete(id)
      for (const table of Object.values(held)) if (table !== null) emptyTable(table)
      spare = held
      written.add(id)
      if (id === last) last = -1
    }
  }
  return {
    dictionaries,
    hsId: codes.idOf,
    add(slice, keys, amounts) {
      if (!whole) return
      if (slice !== last) begin(slice)
      added += 1
      if (sums === undefined) return
      addKeys(sums, keys, amounts, codes.chapterOf(keys[keyAt.hs] ?? 0))
    },
    stop: giveUp,
    *relieve(present) {
      if (whole && tooMany(dictionaries)) giveUp()
      if (!whole) return
      const others = [...slices.keys()].filter((id) => id !== last)
      const groups = groupsIn(slices)
      if (groups > mostGroups && others.length > 0) yield* write(others, present)
      else if (groups > 2 * mostGroups) giveUp()
      else
        yield* write(
          others.filter((id) => added - (leftAt.get(id) ?? 0) > quietRows),
          present,
        )
    },
    *rest(present) {
      if (whole) yield* write([...slices.keys()], present)
    },
    whole: () => whole,
  }
}

/** Adds a row to every table of its slice. */
function addKeys(sums: SliceSums, keys: Int32Array, amounts: Amounts, chapter: number): void {
  const partner = keys[keyAt.partner] ?? 0
  const hs = keys[keyAt.hs] ?? 0
  const mode = keys[keyAt.mode] ?? 0
  addRow(sums.goods, partner, hs, amounts)
  addRow(sums.modePartner, mode, partner, amounts)
  addRow(sums.modeChapter, mode, chapter, amounts)
  const place = mode * mostDistricts + (keys[keyAt.district] ?? 0)
  addRow(sums.others, place, (keys[keyAt.ownership] ?? 0) * mostKinds + (keys[keyAt.transport] ?? 0), amounts)
  if (sums.firms !== null) addRow(sums.firms, keys[keyAt.enterprise] ?? 0, (partner << 20) | hs, amounts)
}

function emptyDictionaries(): Dictionaries {
  return {
    partner: dictionary(),
    hs: dictionary(),
    mode: dictionary(),
    ownership: dictionary(),
    transport: dictionary(),
    district: dictionary(),
    enterprise: dictionary(),
    unit: dictionary(),
  }
}

/** Numbers of the codes cut to the finest level that is summed, and of their chapters. */
function codeNumbers(hs: Dictionary, finest: number) {
  const chapters: number[] = []
  return {
    idOf(code: string): number {
      const id = hs.idOf(cutCode(code, finest))
      chapters[id] ??= hs.idOf(cutCode(code, 2))
      return id
    },
    chapterOf: (id: number): number => chapters[id] ?? 0,
  }
}

function emptySums(firms: boolean): SliceSums {
  return {
    goods: sumTable(),
    modePartner: sumTable(),
    modeChapter: sumTable(),
    others: sumTable(),
    firms: firms ? sumTable() : null,
  }
}

function tooMany({
  partner,
  hs,
  mode,
  ownership,
  transport,
  district,
  enterprise,
  unit,
}: Dictionaries): boolean {
  return (
    partner.size() > mostPartners ||
    hs.size() > mostCodes ||
    mode.size() > mostModes ||
    Math.max(ownership.size(), transport.size()) > mostKinds ||
    district.size() > mostDistricts ||
    enterprise.size() > mostEnterprises ||
    unit.size() > mostUnits
  )
}

function groupsOf({ goods, firms, others }: SliceSums): number {
  return goods.size + others.size + (firms?.size ?? 0)
}

function groupsIn(slices: ReadonlyMap<number, SliceSums>): number {
  return slices.values().reduce((sum, one) => sum + groupsOf(one), 0)
}
