import { lazy, Suspense } from 'react'
import { useText } from '../../language.tsx'
import type { Pieces } from '../../pieces.ts'
import { ScrollBox } from '../ScrollBox.tsx'
import type { Block, BriefDocument, ChartBlock, TableBlock } from './blocks.ts'

const Chart = lazy(async () => ({ default: (await import('../Chart.tsx')).Chart }))

/** The brief as a sheet of paper. */
export function BriefView({ document }: { document: BriefDocument }) {
  return (
    <article className="sheet" aria-label={document.title}>
      <h1>{document.title}</h1>
      <p className="muted sheet-basis">{document.basis}</p>
      {document.blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a brief never change places
        <BlockView key={index} block={block} />
      ))}
    </article>
  )
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading':
      return <h2>{block.text}</h2>
    case 'paragraph':
      return (
        <p className="sheet-paragraph">
          <Sentence pieces={block.pieces} />
        </p>
      )
    case 'list':
      return (
        <ol className="sheet-notes">
          {block.items.map((pieces, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the notes never change places
            <li key={index}>
              <Sentence pieces={pieces} />
            </li>
          ))}
        </ol>
      )
    case 'table':
      return <TableView table={block} />
    case 'chart':
      return <ChartView chart={block} />
  }
}

/** Words, and figures that lead to their query. */
function Sentence({ pieces }: { pieces: Pieces }) {
  return pieces.map((piece, index) =>
    typeof piece === 'string' ? (
      piece
    ) : (
      <a
        // biome-ignore lint/suspicious/noArrayIndexKey: the same figure may stand twice, in a fixed order
        key={index}
        href={piece.url}
        target="_blank"
        rel="noreferrer"
        className="figure-link"
      >
        {piece.figure}
      </a>
    ),
  )
}

function Caption({ title, url }: { title: string; url: string }) {
  const { text } = useText()
  return (
    <p className="sheet-caption">
      {title}{' '}
      <a
        href={url}
        target="_blank"
        rel="noreferrer"
        className="no-print"
        aria-label={`${text.brief.query}: ${title}`}
      >
        {text.brief.query}
      </a>
    </p>
  )
}

const classes = { figure: 'number', short: 'nowrap', words: undefined }

function TableView({ table }: { table: TableBlock }) {
  const { text } = useText()
  return (
    <>
      <Caption title={table.title} url={table.url} />
      <ScrollBox label={text.tableOf(table.title)}>
        <table className="plain-table sheet-table">
          <thead>
            <tr>
              {table.columns.map((column, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two columns may share a name, in a fixed order
                <th key={index} scope="col" className={classes[column.kind]}>
                  {column.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((cells, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the rows never change places
              <tr key={at}>
                {cells.map((cell, index) =>
                  index === 0 ? (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
                    <th key={index} scope="row" className={classes[table.columns[0]?.kind ?? 'words']}>
                      {cell}
                    </th>
                  ) : (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
                    <td key={index} className={classes[table.columns[index]?.kind ?? 'words']}>
                      {cell}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </>
  )
}

function ChartView({ chart }: { chart: ChartBlock }) {
  return (
    <figure className="sheet-figure">
      <Caption title={chart.title} url={chart.url} />
      <Suspense fallback={<div style={{ height: chart.height }} />}>
        <Chart option={chart.option} label={chart.label} height={chart.height} />
      </Suspense>
    </figure>
  )
}
