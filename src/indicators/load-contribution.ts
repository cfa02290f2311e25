import type { Database } from '../db/connect.ts'
import { type ChangeAsk, sumPairs } from './change-queries.ts'
import { type Change, contributionTree, movers, shownProducts } from './contribution.ts'
import { coverageOf, slicesIn } from './coverage.ts'
import { nameOf } from './lines.ts'
import { questionFor } from './load.ts'
import type { Comparison, Parts } from './load-decomposition.ts'
import type { Part } from './parts.ts'
import { countRollups, type Grouping } from './queries.ts'
import { loadNames } from './reference-queries.ts'
import type { By } from './schema.ts'
import { sumByCode } from './sum-queries.ts'
import type { Name } from './text.ts'

const defaultTop = 5
const moversShown = 10

/** The tree of changes from chapter to product to enterprise, the largest movers, and enterprises that began or stopped. */
export async function loadContribution(comparison: Comparison): Promise<Parts> {
  const { db, query, pair } = comparison
  const top = query.top ?? defaultTop
  const counts = await countRollups(db, [...pair.base, ...pair.current])
  const digits = [8, 6, 4, 2].find((level) => counts.get(`hs${level}`)) ?? 2
  const named = Boolean(counts.get('enterprise'))
  const products = await changesBy(comparison, { digits })
  const shown = shownProducts(products, top)
  const byProduct = named ? await enterprisesOf(comparison, shown, digits) : new Map<string, Change[]>()
  const tree = contributionTree(products, (product) => byProduct.get(product) ?? [], top)
  const firms = named ? await changesBy(comparison, 'enterprise') : []
  const rises = movers(products, 1, moversShown)
  const falls = movers(products, -1, moversShown)
  const entries = named ? await entriesOf(comparison, firms) : null
  const names = await namesOf(db, [...tree, ...rises, ...falls], [...(entries?.shown ?? []), ...tree])
  const move = (change: Change) => ({
    ...bilingual(names.get(change.code)),
    code: change.code,
    before: change.before.toFixed(),
    after: change.after.toFixed(),
    change: change.after.minus(change.before).toFixed(),
  })
  return {
    parts: tree.map(
      (node): Part => ({
        level: node.level,
        code: node.code,
        parent: node.path.length === 0 ? null : node.path.join('/'),
        ...bilingual(names.get(node.code)),
        before: node.before.toFixed(),
        after: node.after.toFixed(),
        change: node.after.minus(node.before).toFixed(),
        pull: node.pull === null ? null : Number(node.pull),
        index: null,
        cells: null,
      }),
    ),
    movers: { risers: rises.map(move), fallers: falls.map(move) },
    firms: entries && {
      ...entries.counts,
      firstTime: entries.firstTime.map(move),
      silent: entries.silent.map(move),
    },
  }
}

async function changesBy(comparison: Comparison, grouping: Grouping): Promise<Change[]> {
  const { db, pair } = comparison
  const question = await questionOf(comparison, grouping)
  const { cells } = await sumByCode(db, question, { ...pair, grouping })
  return cells.map(({ code, base, current }) => ({ code, before: base, after: current }))
}

async function questionOf(
  { db, prepared, pair }: Comparison,
  grouping: Grouping,
): Promise<ChangeAsk['question']> {
  const used = [...pair.base, ...pair.current]
  return questionFor(db, used, { ...prepared, grouping, currency: pair.currency })
}

async function enterprisesOf(comparison: Comparison, products: string[], digits: number) {
  const { db, prepared, ask } = comparison
  const simple = prepared.filters.partners === null && prepared.filters.mode === null
  const source = simple && digits === 8 ? 'enterprise+hs8' : 'facts'
  const question = { ...ask.question, source } as const
  const cells = await sumPairs(db, { ...ask, question }, { digits, other: 'enterprise', products })
  const changes = Map.groupBy(cells, (cell) => cell.product)
  return new Map(
    [...changes].map(([product, members]): [string, Change[]] => [
      product,
      members.map(({ other, before, after }) => ({ code: other, before, after })),
    ]),
  )
}

/** Enterprises with trade now and never before in what is loaded, and those that stopped. */
async function entriesOf(comparison: Comparison, firms: readonly Change[]) {
  const { db, prepared, pair } = comparison
  const begun = firms.filter(({ code, before, after }) => code !== '' && before.eq(0) && after.gt(0))
  const silent = firms.filter(({ code, before, after }) => code !== '' && before.gt(0) && after.eq(0))
  const start = pair.current.map((slice) => slice.firstDay).sort()[0] ?? ''
  const earlier = slicesIn(coverageOf(prepared.slices.filter((slice) => slice.firstDay < start)))
  const question = await questionOf(comparison, 'enterprise')
  const history = await sumByCode(db, question, { current: earlier, base: [], grouping: 'enterprise' })
  const known = new Set(history.cells.filter(({ current }) => current.gt(0)).map(({ code }) => code))
  const firstTime = begun.filter(({ code }) => !known.has(code))
  const largest = (changes: Change[], value: (change: Change) => Change['before']) =>
    changes.sort((a, b) => value(b).cmp(value(a)) || (a.code < b.code ? -1 : 1)).slice(0, moversShown)
  const lists = {
    firstTime: largest([...firstTime], (change) => change.after),
    silent: largest([...silent], (change) => change.before),
  }
  const since =
    earlier
      .map((slice) => slice.firstDay)
      .sort()[0]
      ?.slice(0, 7) ?? null
  const counts = {
    since,
    firstTimeCount: firstTime.length,
    returnedCount: begun.length - firstTime.length,
    silentCount: silent.length,
    active: firms.filter(({ code, after }) => code !== '' && after.gt(0)).length,
  }
  return { ...lists, counts, shown: [...lists.firstTime, ...lists.silent] }
}

async function namesOf(db: Database, products: readonly Change[], firms: readonly Change[]) {
  const of = async (by: By, changes: readonly Change[]) => {
    const codes = [...new Set(changes.map(({ code }) => code))]
    const found = await loadNames(db, by, codes)
    return codes.flatMap((code): [string, Name][] => {
      const name = nameOf(code, by, found)
      return name ? [[code, name]] : []
    })
  }
  return new Map([
    ...(await of('hs2', products)),
    ...(await of('hs8', products)),
    ...(await of('enterprise', firms)),
  ])
}

function bilingual(name: Name | undefined): { name: string | null; nameEn: string | null } {
  return { name: name?.zh ?? null, nameEn: name?.en ?? null }
}
