import type { Rollup } from '../reference/rollups.ts'
import { byteSink, takeBytes } from './load-bytes.ts'
import type { Dictionary, SliceSums } from './load-keys.ts'
import { rollupWriter, type Wanted, type Writer } from './load-rollup-writer.ts'
import { addSum, emptyTable, firstKey, type SumTable, secondKey, sumTable } from './load-sums.ts'
import { cutCode } from './rollup.ts'

/** The rollups of a slice as COPY text of `rollupColumns`, each in the order of its codes. */
export function* rollupRows(slice: number, sums: SliceSums, wanted: Wanted): Generator<Uint8Array> {
  const sink = byteSink()
  const writer = rollupWriter(sink, slice, wanted)
  yield* goodsRows(writer, sums.goods)
  writeOthers(writer, sums)
  if (sums.firms !== null) yield* firmRows(writer, sums.firms)
  if (sink.size > 0) yield takeBytes(sink)
}

function* goodsRows(writer: Writer, goods: SumTable): Generator<Uint8Array> {
  const { names, dictionaries, hsLevels } = writer.wanted
  const { partner, hs } = dictionaries
  const ranks = hs.ranks()
  const chapters = ranks.map((_, code) => ranks[hs.idOf(cutCode(hs.textOf(code), 2))] ?? 0)
  const chapterAt = (place: number) => chapters[secondKey(goods, place)] ?? 0
  const all = allPlaces(goods)
  sortBy(all, (place) => secondKey(goods, place), ranks)
  sortBy(all, (place) => firstKey(goods, place), partner.ranks())
  sortBy(all, chapterAt, null, ranks.length)
  const byPartner = sumTable()
  const byCode = sumTable(hs.size())
  const itemOf = (place: number) => hs.itemOf(secondKey(goods, place))
  for (let from = 0; from < all.length; ) {
    const first = all[from] ?? 0
    const [land, chapter] = [firstKey(goods, first), chapterAt(first)]
    let to = from
    for (; to < all.length; to++) {
      const place = all[to] ?? 0
      if (firstKey(goods, place) !== land || chapterAt(place) !== chapter) break
      addSum(byCode, 0, secondKey(goods, place), goods, place)
    }
    const by = { hs: cutCode(hs.textOf(secondKey(goods, first)), 2), partner: partner.textOf(land) }
    if (names.includes('partner+hs2')) {
      const sum = writer.pack('partner+hs2', by, { table: goods, places: all.subarray(from, to), itemOf })
      addSum(byPartner, 0, land, sum, 0)
      yield* writer.ready()
    }
    from = to
  }
  writeLevels(writer, byCode, hsLevels)
  writeParts(writer, 'partner', byPartner, partner)
  yield* writer.ready()
}

/** The sums by code at every level, and the total, from those at the finest. */
function writeLevels(writer: Writer, byCode: SumTable, hsLevels: readonly number[]): void {
  const { hs } = writer.wanted.dictionaries
  const total = sumTable()
  for (const level of hsLevels) {
    const table = sumTable(byCode.size)
    for (let place = 0; place < byCode.size; place++) {
      const code = hs.textOf(secondKey(byCode, place))
      addSum(table, 0, hs.idOf(cutCode(code, level)), byCode, place)
    }
    writeParts(writer, `hs${level}` as Rollup, table, hs)
  }
  for (let place = 0; place < byCode.size; place++) addSum(total, 0, 0, byCode, place)
  writer.row('total', {}, { table: total, place: 0 })
}

/** A row for every sum of a table by one code, in the order of the codes. */
function writeParts(writer: Writer, name: Rollup, table: SumTable, codes: Dictionary): void {
  if (!writer.wanted.names.includes(name)) return
  const column = name.startsWith('hs') ? 'hs' : name
  const all = allPlaces(table)
  sortBy(all, (place) => secondKey(table, place), codes.ranks())
  for (const place of all)
    writer.row(name, { [column]: codes.textOf(secondKey(table, place)) }, { table, place })
}

function writeOthers(writer: Writer, { modePartner, modeChapter, others }: SliceSums): void {
  const { names, dictionaries } = writer.wanted
  const { mode, hs, partner } = dictionaries
  const parts = {
    mode: (place: number) => Math.floor(firstKey(others, place) / 65_536),
    district: (place: number) => firstKey(others, place) % 65_536,
    ownership: (place: number) => Math.floor(secondKey(others, place) / 256),
    transport: (place: number) => secondKey(others, place) % 256,
  }
  for (const [name, idAt] of Object.entries(parts)) {
    const table = sumTable()
    for (let place = 0; place < others.size; place++) addSum(table, 0, idAt(place), others, place)
    writeParts(writer, name as Rollup, table, dictionaries[name as keyof typeof parts])
  }
  const pairs = [
    { name: 'mode+hs2', table: modeChapter, column: 'hs', codes: hs },
    { name: 'mode+partner', table: modePartner, column: 'partner', codes: partner },
  ] as const
  for (const { name, table, column, codes } of pairs) {
    if (!names.includes(name)) continue
    const all = allPlaces(table)
    sortBy(all, (place) => firstKey(table, place), mode.ranks())
    sortBy(all, (place) => secondKey(table, place), codes.ranks())
    for (const place of all) {
      const by = {
        [column]: codes.textOf(secondKey(table, place)),
        mode: mode.textOf(firstKey(table, place)),
      }
      writer.row(name, by, { table, place })
    }
  }
}

function* firmRows(writer: Writer, firms: SumTable): Generator<Uint8Array> {
  const { names, dictionaries } = writer.wanted
  if (!names.includes('enterprise')) return
  const { hs, partner, enterprise } = dictionaries
  const partnerAt = (place: number) => secondKey(firms, place) >>> 20
  const codeAt = (place: number) => secondKey(firms, place) & 0xf_ffff
  const byCode = sumTable()
  const all = allPlaces(firms)
  sortBy(all, codeAt, hs.ranks())
  sortBy(all, partnerAt, partner.ranks())
  sortBy(all, (place) => firstKey(firms, place), enterprise.ranks())
  for (let from = 0; from < all.length; ) {
    const firm = firstKey(firms, all[from] ?? 0)
    const company = enterprise.textOf(firm)
    emptyTable(byCode)
    while (from < all.length && firstKey(firms, all[from] ?? 0) === firm) {
      const land = partnerAt(all[from] ?? 0)
      let to = from
      for (; to < all.length; to++) {
        const place = all[to] ?? 0
        if (firstKey(firms, place) !== firm || partnerAt(place) !== land) break
        addSum(byCode, 0, codeAt(place), firms, place)
      }
      const lines = {
        table: firms,
        places: all.subarray(from, to),
        itemOf: (at: number) => hs.itemOf(codeAt(at)),
      }
      const by = { enterprise: company, partner: partner.textOf(land) }
      if (names.includes('enterprise+partner')) writer.pack('enterprise+partner', by, lines)
      from = to
    }
    const places = allPlaces(byCode)
    sortBy(places, (place) => secondKey(byCode, place), hs.ranks())
    const itemOf = (place: number) => hs.itemOf(secondKey(byCode, place))
    writer.pack('enterprise', { enterprise: company }, { table: byCode, places, itemOf })
    yield* writer.ready()
  }
}

function allPlaces({ size }: SumTable): Uint32Array<ArrayBuffer> {
  const places = new Uint32Array(size)
  for (let place = 0; place < size; place++) places[place] = place
  return places
}

/**
 * Sorts by the rank of a code, or without `ranks` by a rank below `count`, and leaves equals as they are: by counting, as
 * there are far more places than ranks.
 */
function sortBy(
  places: Uint32Array,
  codeOf: (place: number) => number,
  ranks: Int32Array | null,
  count = ranks?.length ?? 0,
): void {
  const rankOf = (place: number) => (ranks === null ? codeOf(place) : (ranks[codeOf(place)] ?? 0))
  const starts = new Uint32Array(count + 1)
  for (let at = 0; at < places.length; at++) {
    const rank = rankOf(places[at] ?? 0) + 1
    starts[rank] = (starts[rank] ?? 0) + 1
  }
  for (let rank = 1; rank <= count; rank++) starts[rank] = (starts[rank] ?? 0) + (starts[rank - 1] ?? 0)
  const from = places.slice()
  for (let index = 0; index < from.length; index++) {
    const place = from[index] ?? 0
    const rank = rankOf(place)
    const at = starts[rank] ?? 0
    places[at] = place
    starts[rank] = at + 1
  }
}
