import type { Pieces } from '../../pieces.ts'
import type { ChartOption } from '../chart-option.ts'

/** Figures stand to the right; short words keep to one line, the others take what room is left. */
export interface Column {
  name: string
  kind: 'figure' | 'short' | 'words'
}

export interface TableBlock {
  kind: 'table'
  title: string
  /** The query behind every figure of the table. */
  url: string
  columns: Column[]
  rows: string[][]
}

export interface ChartBlock {
  kind: 'chart'
  title: string
  url: string
  /** What it shows, in words. */
  label: string
  option: ChartOption
  height: number
}

/** What a brief is made of, whatever it is shown or printed as. */
export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'paragraph'; pieces: Pieces }
  | { kind: 'list'; items: Pieces[] }
  | TableBlock
  | ChartBlock

export interface BriefDocument {
  title: string
  /** The data the brief rests on. */
  basis: string
  blocks: Block[]
}
