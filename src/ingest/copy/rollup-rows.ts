import type { Rollup } from '../../reference/rollups.ts'
import { cutCode, isListed, packOf } from '../rollup.ts'
import type { Dictionary, SliceSums } from './keys.ts'
import { readyBytes, rollupWriter, type Wanted, type Writer, writePack, writeRow } from './rollup-writer.ts'
import { byteSink, takeBytes } from './sink.ts'
import {
  addSum,
  emptyTable,
  firstKey,
  firstKeys,
  type SumTable,
  secondKey,
  secondKeys,
  sumTable,
} from './sums.ts'

/**
 * The rollups of a slice as COPY text of `rollupColumns`. They come in the order of the index, by name and then by codes:
 * Postgres then fills page after page and halves none.
 */
export function* rollupRows(slice: number, sums: SliceSums, wanted: Wanted): Generator<Uint8Array> {
  const sink = byteSink()
  const writer = rollupWriter(sink, slice, wanted)
  const { dictionaries } = wanted
  const { byCode, byPartner, total } = sumsOf(sums)
  writeOther(writer, 'district', sums.others)
  if (sums.firms !== null) yield* firmRows(writer, sums.firms)
  yield* levelRows(writer, byCode)
  writeOther(writer, 'mode', sums.others)
  writePairs(writer, { name: 'mode+hs2', table: sums.modeChapter, column: 'hs' })
  writePairs(writer, { name: 'mode+partner', table: sums.modePartner, column: 'partner' })
  writeOther(writer, 'ownership', sums.others)
  writeParts(writer, 'partner', byPartner, dictionaries.partner)
  yield* goodsRows(writer, sums.goods)
  writeRow(writer, { dims: 'total', by: {}, table: total, place: 0 })
  writeOther(writer, 'transport', sums.others)
  if (sink.size > 0) yield takeBytes(sink)
}

/** Every row is in every table of its slice: what a small one tells is not added up from the large one. */
function sumsOf({ goods, modePartner }: SliceSums): Record<'byCode' | 'byPartner' | 'total', SumTable> {
  const [byCode, byPartner, total] = [sumTable(), sumTable(), sumTable()]
  for (let place = 0; place < goods.size; place++) addSum(byCode, 0, secondKey(goods, place), goods, place)
  for (let place = 0; place < modePartner.size; place++)
    addSum(byPartner, 0, secondKey(modePartner, place), modePartner, place)
  for (let place = 0; place < byPartner.size; place++) addSum(total, 0, 0, byPartner, place)
  return { byCode, byPartner, total }
}

/** By partner and chapter, each listing its products. */
function* goodsRows(writer: Writer, goods: SumTable): Generator<Uint8Array> {
  const { names, dictionaries } = writer.wanted
  if (!names.includes('partner+hs2')) return
  const { partner, hs } = dictionaries
  const ranks = hs.ranks()
  const chapters = ranks.map((_, code) => ranks[hs.idOf(cutCode(hs.textOf(code), 2))] ?? 0)
  const codes = secondKeys(goods)
  const lands = firstKeys(goods)
  const all = allPlaces(goods)
  sortByRank(all, codes, ranks)
  sortByRank(all, lands, partner.ranks())
  sortByRank(all, codes, chapters)
  for (let from = 0; from < all.length; ) {
    const first = all[from] ?? 0
    const land = lands[first] ?? 0
    const chapter = chapters[codes[first] ?? 0]
    let to = from + 1
    for (; to < all.length; to++) {
      const place = all[to] ?? 0
      if (lands[place] !== land || chapters[codes[place] ?? 0] !== chapter) break
    }
    const by = { hs: cutCode(hs.textOf(codes[first] ?? 0), 2), partner: partner.textOf(land) }
    writePack(writer, { dims: 'partner+hs2', by, table: goods, places: all.subarray(from, to), codes })
    yield* readyBytes(writer)
    from = to
  }
}

/** The sums by code at every level, from those at the finest. A level that another lists has no rows of its own. */
function* levelRows(writer: Writer, byCode: SumTable): Generator<Uint8Array> {
  const { hsLevels, names, dictionaries } = writer.wanted
  const finest = Math.max(...hsLevels)
  const sumsAt = (level: number) => (level === finest ? byCode : cutSums(byCode, level, dictionaries.hs))
  for (const level of hsLevels) {
    const name = `hs${level}` as Rollup
    if (isListed(name, names)) continue
    const lines = packOf(name, names)
    if (lines === null) writeParts(writer, name, sumsAt(level), dictionaries.hs)
    else yield* codeRows(writer, { name, level, lines: sumsAt(Number(lines.slice(2))) })
    yield* readyBytes(writer)
  }
}

function cutSums(byCode: SumTable, level: number, hs: Dictionary): SumTable {
  const table = sumTable(byCode.size)
  for (let place = 0; place < byCode.size; place++) {
    const code = hs.textOf(secondKey(byCode, place))
    addSum(table, 0, hs.idOf(cutCode(code, level)), byCode, place)
  }
  return table
}

/** By code at a level, each listing the lines below it. */
function* codeRows(
  writer: Writer,
  { name, level, lines }: { name: Rollup; level: number; lines: SumTable },
): Generator<Uint8Array> {
  const { hs } = writer.wanted.dictionaries
  const codes = secondKeys(lines)
  const above = codes.map((code) => hs.idOf(cutCode(hs.textOf(code), level)))
  const all = allPlaces(lines)
  sortByRank(all, codes, hs.ranks())
  for (let from = 0; from < all.length; ) {
    const to = runEnd(all, from, above)
    const by = { hs: hs.textOf(above[all[from] ?? 0] ?? 0) }
    writePack(writer, { dims: name, by, table: lines, places: all.subarray(from, to), codes })
    yield* readyBytes(writer)
    from = to
  }
}

/** A row for every sum of a table by one code, in the order of the codes. */
function writeParts(writer: Writer, name: Rollup, table: SumTable, codes: Dictionary): void {
  if (!writer.wanted.names.includes(name)) return
  const column = name.startsWith('hs') ? 'hs' : name
  const ids = secondKeys(table)
  const all = allPlaces(table)
  sortByRank(all, ids, codes.ranks())
  for (const place of all)
    writeRow(writer, { dims: name, by: { [column]: codes.textOf(ids[place] ?? 0) }, table, place })
}

const otherIds = {
  mode: (others: SumTable, place: number) => Math.floor(firstKey(others, place) / 65_536),
  district: (others: SumTable, place: number) => firstKey(others, place) % 65_536,
  ownership: (others: SumTable, place: number) => Math.floor(secondKey(others, place) / 256),
  transport: (others: SumTable, place: number) => secondKey(others, place) % 256,
}

function writeOther(writer: Writer, name: keyof typeof otherIds, others: SumTable): void {
  const table = sumTable()
  for (let place = 0; place < others.size; place++)
    addSum(table, 0, otherIds[name](others, place), others, place)
  writeParts(writer, name, table, writer.wanted.dictionaries[name])
}

interface Pairs {
  name: Rollup
  /** First key: the mode; second: the other. */
  table: SumTable
  column: 'hs' | 'partner'
}

function writePairs(writer: Writer, { name, table, column }: Pairs): void {
  const { names, dictionaries } = writer.wanted
  if (!names.includes(name)) return
  const [mode, codes] = [dictionaries.mode, dictionaries[column]]
  const [modes, ids] = [firstKeys(table), secondKeys(table)]
  const all = allPlaces(table)
  sortByRank(all, modes, mode.ranks())
  sortByRank(all, ids, codes.ranks())
  for (const place of all) {
    const by = { [column]: codes.textOf(ids[place] ?? 0), mode: mode.textOf(modes[place] ?? 0) }
    writeRow(writer, { dims: name, by, table, place })
  }
}

/** By enterprise, and by enterprise and partner, each listing its products. */
function* firmRows(writer: Writer, firms: SumTable): Generator<Uint8Array> {
  const { names, dictionaries } = writer.wanted
  if (!names.includes('enterprise')) return
  const { hs, partner, enterprise } = dictionaries
  const companies = firstKeys(firms)
  const codes = secondKeys(firms)
  const lands = codes.map((key) => key >>> 20)
  for (let place = 0; place < codes.length; place++) codes[place] = (codes[place] ?? 0) & 0xf_ffff
  const byCode = sumTable()
  const all = allPlaces(firms)
  sortByRank(all, codes, hs.ranks())
  sortByRank(all, lands, partner.ranks())
  sortByRank(all, companies, enterprise.ranks())
  for (let from = 0; from < all.length; ) {
    const to = runEnd(all, from, companies)
    const own = all.subarray(from, to)
    const company = enterprise.textOf(companies[own[0] ?? 0] ?? 0)
    for (let start = 0; names.includes('enterprise+partner') && start < own.length; ) {
      const end = runEnd(own, start, lands)
      const by = { enterprise: company, partner: partner.textOf(lands[own[start] ?? 0] ?? 0) }
      const places = own.subarray(start, end)
      writePack(writer, { dims: 'enterprise+partner', by, table: firms, places, codes })
      start = end
    }
    emptyTable(byCode)
    for (const place of own) addSum(byCode, 0, codes[place] ?? 0, firms, place)
    const ids = secondKeys(byCode)
    const places = allPlaces(byCode)
    sortByRank(places, ids, hs.ranks())
    writePack(writer, { dims: 'enterprise', by: { enterprise: company }, table: byCode, places, codes: ids })
    yield* readyBytes(writer)
    from = to
  }
}

/** Where the places end that have the code of the one at `from`. */
function runEnd(places: Uint32Array, from: number, codes: Int32Array): number {
  const code = codes[places[from] ?? 0]
  let to = from + 1
  while (to < places.length && codes[places[to] ?? 0] === code) to += 1
  return to
}

function allPlaces({ size }: SumTable): Uint32Array<ArrayBuffer> {
  const places = new Uint32Array(size)
  for (let place = 0; place < size; place++) places[place] = place
  return places
}

/**
 * Sorts places by the rank of their codes and leaves equals as they are. Where there are far more places than ranks by
 * counting.
 */
function sortByRank(places: Uint32Array, codes: Int32Array, ranks: Int32Array): void {
  const rankOf = (place: number) => ranks[codes[place] ?? 0] ?? 0
  if (places.length * 8 < ranks.length) {
    places.sort((a, b) => rankOf(a) - rankOf(b))
    return
  }
  const starts = new Uint32Array(ranks.length + 1)
  for (let at = 0; at < places.length; at++) {
    const rank = rankOf(places[at] ?? 0) + 1
    starts[rank] = (starts[rank] ?? 0) + 1
  }
  for (let rank = 1; rank <= ranks.length; rank++)
    starts[rank] = (starts[rank] ?? 0) + (starts[rank - 1] ?? 0)
  const from = places.slice()
  for (let index = 0; index < from.length; index++) {
    const place = from[index] ?? 0
    const rank = rankOf(place)
    const at = starts[rank] ?? 0
    places[at] = place
    starts[rank] = at + 1
  }
}
