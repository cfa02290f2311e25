import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { invalid } from '../errors.ts'
import {
  CompetitivenessQuery,
  DecompositionQuery,
  FirmsQuery,
  ProjectionQuery,
} from '../indicators/analysis-schema.ts'
import { GrowthQuery, StructureQuery } from '../indicators/schema.ts'
import { answered } from './indicators-query.ts'
import type { Io } from './io.ts'

export const usage = `indicators structure --flow F --by D [--from P] [--to P] [--currency USD|CNY] [--hs CODE] [--partner P] [--mode M]
                     [--enterprise E] [--top N] [--dataset D] [--janFeb merged|split] [--editions common] [--asOf T] [--json]
indicators growth    --flow F [the same options but --by and --top] [--json]
indicators decomposition --method price-quantity|margins|cms|contribution --flow F [--base SPAN] [--current SPAN] [--top N]
                     [--min-months N] [the other options of structure] [--json]
indicators competitiveness --measure rca|rsca|nrca|lafay|tsc|gl|michaely|tii|tci|esi [--dataset D] [--year Y] [--level 2|4|6]
                     [--top N] [--json]
indicators projection [--dataset D] [--year Y] [--level 2|4|6] [--top N] [--json]
                     the exports of a year against loaded product complexities
indicators firms     --flow F [--base SPAN] [--current SPAN] [the options of decomposition] [--json]
indicators frame pivot|describe|correlate|rolling --flow F [--rows D --columns D] [--by D] [--measure value|yoy] [--window N]
                     [--aggregate sum|mean|median|min|max|std|count] [--top N] [the filters of structure] [--json]
indicators complexity --input T.csv --columns country,product,value [--json]
                     shares and growth of the loaded trade; RCA, complexity and density of any country × product table`

export async function run(argv: string[], io: Io): Promise<number> {
  const [action = '', ...rest] = argv
  switch (action) {
    case 'structure':
      return await structure(rest, io)
    case 'growth':
      return await growth(rest, io)
    case 'decomposition':
      return await decomposition(rest, io)
    case 'competitiveness':
      return await competitiveness(rest, io)
    case 'projection':
      return await projection(rest, io)
    case 'firms':
      return await firms(rest, io)
    case 'frame':
      return await (await import('./indicators-frame.ts')).frame(rest, io)
    case 'complexity':
      return await complexity(rest, io)
    default:
      throw invalid(
        'indicators',
        action,
        'structure, growth, decomposition, competitiveness, projection, firms, frame or complexity',
      )
  }
}

async function structure(argv: string[], io: Io): Promise<number> {
  const { loadStructure } = await import('../indicators/load-answers.ts')
  return answered(argv, io, {
    name: 'structure',
    schema: StructureQuery,
    load: (db, query, now) => loadStructure(db, query as StructureQuery, now),
    draw: async (answer) => (await import('./indicators-table.ts')).structureTable(answer),
  })
}

async function growth(argv: string[], io: Io): Promise<number> {
  const { loadGrowth } = await import('../indicators/load-answers.ts')
  return answered(argv, io, {
    name: 'growth',
    schema: GrowthQuery,
    load: (db, query, now) => loadGrowth(db, query as GrowthQuery, now),
    draw: async (answer) => (await import('./indicators-table.ts')).growthTableText(answer),
  })
}

async function decomposition(argv: string[], io: Io): Promise<number> {
  const { loadDecomposition } = await import('../indicators/load-decomposition.ts')
  return answered(argv, io, {
    name: 'decomposition',
    schema: DecompositionQuery,
    load: (db, query, now) => loadDecomposition(db, query as DecompositionQuery, now),
    draw: async (answer) => (await import('./indicators-table.ts')).decompositionTable(answer),
  })
}

async function competitiveness(argv: string[], io: Io): Promise<number> {
  const { loadCompetitiveness } = await import('../indicators/load-competitiveness.ts')
  return answered(argv, io, {
    name: 'competitiveness',
    schema: CompetitivenessQuery,
    load: (db, query, now) => loadCompetitiveness(db, query as CompetitivenessQuery, now),
    draw: async (answer) => (await import('./indicators-table.ts')).competitivenessTable(answer),
  })
}

async function projection(argv: string[], io: Io): Promise<number> {
  const { loadProjection } = await import('../indicators/load-projection.ts')
  const { projectionSheet } = await import('../indicators/sheets.ts')
  return answered(argv, io, {
    name: 'projection',
    schema: ProjectionQuery,
    load: (db, query, now) => loadProjection(db, query as ProjectionQuery, now),
    draw: async (answer) => (await import('./indicators-table.ts')).sheetTable(projectionSheet(answer)),
  })
}

async function firms(argv: string[], io: Io): Promise<number> {
  const { loadFirms } = await import('../indicators/load-firms.ts')
  return answered(argv, io, {
    name: 'firms',
    schema: FirmsQuery,
    load: (db, query, now) => loadFirms(db, query as FirmsQuery, now),
    draw: async (answer) => (await import('./indicators-table.ts')).firmsTable(answer),
  })
}

async function complexity(argv: string[], io: Io): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      input: { type: 'string' },
      columns: { type: 'string', default: 'country,product,value' },
      json: { type: 'boolean', default: false },
    },
  })
  const [country, product, value, ...more] = values.columns.split(',').map((name) => name.trim())
  if (!country || !product || !value || more.length > 0) {
    throw invalid('columns', values.columns, 'three column names: country,product,value')
  }
  if (values.input === undefined) throw invalid('input', '', 'a CSV file with a header')
  const { readTradeTable } = await import('../indicators/trade-table.ts')
  const analysis = await import('../indicators/complexity.ts')
  const table = readTradeTable(textOf(values.input), { country, product, value })
  const answer = analysis.complexity(table)
  const { complexityTable } = await import('./indicators-table.ts')
  io.stdout(values.json ? `${JSON.stringify(answer)}\n` : complexityTable(answer))
  return 0
}

function textOf(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
  } catch (error) {
    const why =
      error instanceof TypeError ? 'not UTF-8' : error instanceof Error ? error.message : String(error)
    throw invalid('input', path, `a readable CSV file in UTF-8 (${why})`)
  }
}
