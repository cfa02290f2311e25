import { loadCorrelations, loadDescription, loadPivot, loadRolling } from '../analysis/load.ts'
import * as schemas from '../analysis/schema.ts'
import { correlationSheet, descriptionSheet, pivotSheet, rollingSheet } from '../analysis/sheets.ts'
import { invalid } from '../errors.ts'
import { answered } from './indicators-query.ts'
import { sheetTable } from './indicators-table.ts'
import type { Io } from './io.ts'

/** `indicators frame OPERATION`: a data frame over the loaded trade, as POST /analysis/… answers it. */
export async function frame(argv: string[], io: Io): Promise<number> {
  const [operation = '', ...rest] = argv
  const name = `frame ${operation}`
  switch (operation) {
    case 'pivot':
      return answered(rest, io, {
        name,
        schema: schemas.PivotQuery,
        load: (db, query, now) => loadPivot(db, query as schemas.PivotQuery, now),
        draw: async (answer) => sheetTable(pivotSheet(answer)),
      })
    case 'describe':
      return answered(rest, io, {
        name,
        schema: schemas.DescribeQuery,
        load: (db, query, now) => loadDescription(db, query as schemas.DescribeQuery, now),
        draw: async (answer) => sheetTable(descriptionSheet(answer)),
      })
    case 'correlate':
      return answered(rest, io, {
        name,
        schema: schemas.CorrelateQuery,
        load: (db, query, now) => loadCorrelations(db, query as schemas.CorrelateQuery, now),
        draw: async (answer) => sheetTable(correlationSheet(answer)),
      })
    case 'rolling':
      return answered(rest, io, {
        name,
        schema: schemas.RollingQuery,
        load: (db, query, now) => loadRolling(db, query as schemas.RollingQuery, now),
        draw: async (answer) => sheetTable(rollingSheet(answer)),
      })
    default:
      throw invalid('frame', operation, 'pivot, describe, correlate or rolling')
  }
}
