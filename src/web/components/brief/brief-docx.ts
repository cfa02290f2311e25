import {
  AlignmentType,
  Document,
  ExternalHyperlink,
  Footer,
  HeadingLevel,
  ImageRun,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import type { Pieces } from '../../pieces.ts'
import { colours } from '../../theme.ts'
import type { Block, BriefDocument, ChartBlock, Column, TableBlock } from './blocks.ts'
import { chartImage, imageWidth } from './chart-image.ts'

interface Making {
  /** Where the service is found: links on paper need the whole address. */
  origin: string
  /** What the link beside a table or chart is called. */
  query: string
}

/** Twentieths of a point: an A4 page, its margins, and the width left for text. */
const page = { width: 11_906, height: 16_838, margin: 1_247 }
const textWidth = page.width - 2 * page.margin
const needed = { figure: 1_250, short: 1_150 }
const cellMargin = { top: 40, bottom: 40, left: 80, right: 80 }
const notesNumbering = 'notes'
const hex = (colour: string) => colour.slice(1)

/** The brief as a Word file. */
export function briefFile(brief: BriefDocument, making: Making): Promise<Blob> {
  return Packer.toBlob(
    new Document({
      title: brief.title,
      description: brief.basis,
      creator: 'Tradewind',
      styles,
      numbering,
      sections: [
        {
          properties: {
            page: {
              size: { width: page.width, height: page.height },
              margin: { top: page.margin, right: page.margin, bottom: page.margin, left: page.margin },
            },
          },
          footers: { default: footer() },
          children: [
            new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(brief.title)] }),
            new Paragraph({
              alignment: AlignmentType.CENTER,
              spacing: { after: 240 },
              children: [new TextRun({ text: brief.basis, color: hex(colours.muted) })],
            }),
            ...brief.blocks.flatMap((block) => partsOf(block, making)),
          ],
        },
      ],
    }),
  )
}

const heading = (size: number) => ({
  run: { size, bold: true, color: hex(colours.ink), font: fonts('SimHei') },
  paragraph: { spacing: { before: 240, after: 120 }, keepNext: true },
})

function fonts(eastAsia: string) {
  return { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia }
}

const styles = {
  default: {
    document: { run: { font: fonts('FangSong'), size: 24 } },
    title: {
      run: { size: 36, bold: true, font: fonts('SimHei') },
      paragraph: { alignment: AlignmentType.CENTER, spacing: { after: 120 } },
    },
    heading1: heading(28),
    hyperlink: { run: { color: hex(colours.primary), underline: {} } },
  },
}

const numbering = {
  config: [
    {
      reference: notesNumbering,
      levels: [
        {
          level: 0,
          format: LevelFormat.DECIMAL,
          text: '%1.',
          style: { paragraph: { indent: { left: 400, hanging: 400 } } },
        },
      ],
    },
  ],
}

function footer(): Footer {
  return new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES], size: 18 })],
      }),
    ],
  })
}

function partsOf(block: Block, making: Making): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'heading':
      return [new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(block.text)] })]
    case 'paragraph':
      return [
        new Paragraph({
          indent: { firstLine: 480 },
          spacing: { after: 120, line: 360 },
          children: runs(block.pieces, making),
        }),
      ]
    case 'list':
      return block.items.map(
        (pieces) =>
          new Paragraph({
            numbering: { reference: notesNumbering, level: 0 },
            children: runs(pieces, making, 21),
          }),
      )
    case 'table':
      return [caption(block, making), table(block), new Paragraph({ children: [] })]
    case 'chart':
      return [caption(block, making), picture(block)]
  }
}

/** Words, and figures that lead to their query. */
function runs(pieces: Pieces, { origin }: Making, size?: number): ParagraphChild[] {
  const sized = size === undefined ? {} : { size }
  return pieces.map((piece) =>
    typeof piece === 'string'
      ? new TextRun({ text: piece, ...sized })
      : new ExternalHyperlink({
          link: origin + piece.url,
          children: [new TextRun({ text: piece.figure, style: 'Hyperlink', ...sized })],
        }),
  )
}

function caption({ title, url }: { title: string; url: string }, making: Making): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    keepNext: true,
    spacing: { before: 160, after: 60 },
    children: [
      new TextRun({ text: `${title}  `, bold: true, size: 21 }),
      ...runs([{ figure: making.query, url }], making, 18),
    ],
  })
}

/** Figures and short words need a width each; the columns of words share what is left. */
function widthsOf(columns: readonly Column[]): number[] {
  const widths = columns.map(({ kind }) => (kind === 'words' ? 0 : needed[kind]))
  const left = textWidth - widths.reduce((sum, width) => sum + width, 0)
  const words = widths.filter((width) => width === 0).length
  return widths.map((width) => width || Math.floor(left / words))
}

function table({ columns, rows }: TableBlock): Table {
  const widths = widthsOf(columns)
  const cells = (texts: readonly string[], isHead: boolean) =>
    texts.map(
      (text, index) =>
        new TableCell({
          width: { size: widths[index] ?? needed.figure, type: WidthType.DXA },
          margins: cellMargin,
          ...(isHead && { shading: { fill: hex(colours.surface) } }),
          children: [
            new Paragraph({
              alignment: columns[index]?.kind === 'figure' ? AlignmentType.RIGHT : AlignmentType.LEFT,
              children: [new TextRun({ text, size: 18, bold: isHead })],
            }),
          ],
        }),
    )
  return new Table({
    width: { size: textWidth, type: WidthType.DXA },
    columnWidths: widths,
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: cells(
          columns.map(({ name }) => name),
          true,
        ),
      }),
      ...rows.map((row) => new TableRow({ cantSplit: true, children: cells(row, false) })),
    ],
  })
}

function picture(chart: ChartBlock): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [
      new ImageRun({
        type: 'png',
        data: chartImage(chart),
        transformation: { width: imageWidth, height: chart.height },
        altText: { name: chart.title, title: chart.title, description: chart.label },
      }),
    ],
  })
}
