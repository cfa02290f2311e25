/** What can be said about a file, by code: the sentence in English, with {names} where figures and names stand. */
export const sentences = {
  // how encoding, layout, flow and period were settled
  'mark-none': 'no byte order mark',
  'mark-of': 'byte order mark of {encoding}',
  'wide-zeros': 'every other byte is zero in much of the file: {encoding}',
  'utf8-valid': 'all bytes are valid UTF-8',
  'utf8-not': 'not UTF-8',
  'gb-valid': 'all bytes are valid GB18030, {chinese} of {pairs} multibyte characters look Chinese',
  'gb-western': 'valid GB18030, but letters between ASCII ones',
  'gb-not': 'not GB18030',
  'taken-as-1252': 'taken as Windows-1252',
  'encoding-set': 'encoding {encoding}: you set it',
  'delimiter-gives': 'delimiter {delimiter}: gives {columns} columns',
  'header-in-row': 'header in row {row}',
  'columns-recognised-but': '{format}: {columns} columns recognised; not used: {unused}',
  'columns-recognised': '{format}: {columns} columns recognised',
  'flow-set': 'flow {flow}: you set it',
  'flow-in-column': 'flow: from its column',
  'flow-in-name': 'flow {flow}: from the file name',
  'currency-set': 'currency {currency}: you set it',
  'sheet-of-some': 'workbook: sheet {sheet}; not read: {others}',
  'sheet-only': 'workbook: sheet {sheet}',
  // what to look at
  'check-flow-in-name': 'flow: no column says it; {flow} was taken from the file name',
  'check-flow-set': 'flow: the file name suggests {suggested}; {flow} was taken because you set it',
  'check-currency-idle': 'currency: the columns name their currency; what you set was not needed',
  'check-encoding-broken':
    'encoding: from byte {offset} on some bytes belong to no character of {encoding} and are kept as �',
  'check-encoding-set': 'encoding: the bytes look like {detected}; {encoding} was taken because you set it',
  'check-amount-unit': 'amounts: {column} is in {unit}; each was multiplied by {factor}',
  'check-other-column': '{column}: {taken} was taken for the same; this column is not used',
  'check-merged-cells':
    'workbook: {ranges} ranges of merged cells span several rows ({first} is the first): only their first row has the value',
  'same-bytes': 'file: the same bytes were imported on {at} as {name}; nothing was changed',
  'slice-shrinks':
    'slice {dataset} {flow} {period}: what is replaced had more than twice as many rows; where the file is one part of a split download, name it with --part',
  'noted-own': '{column}: a code of the source, kept behind ~: {values} ({rows})',
  'noted-set': '{column}: differs from what you set, which was taken: {values} ({rows})',
  'noted-terms': '{column}: no column says it: prices are kept as declared: missing ({rows})',
  'noted-kept': '{column}: {reason}, kept as it is: {values} ({rows})',
  'and-kept': '{reason}, kept as it is',
  'rows-one': '1 row',
  'rows-many': '{count} rows',
  // codes
  'unknown-line-other-year': 'not in the eight-digit list of {list} (none of {year} is known)',
  'unknown-line': 'not in the eight-digit list of {list}',
  'unknown-hs': 'not in the Harmonized System of {edition}',
  'unknown-partner': 'not a known partner',
  'unknown-trade-mode': 'not a known trade mode',
  'unknown-supervision-mode': 'not a known supervision mode',
  'unknown-transport': 'not a known transport mode',
  'unknown-district': 'not a known district',
  'unknown-ownership': 'not a known kind of enterprise',
  'unknown-country': 'not a country ({name})',
  'unknown-enterprise': 'not a ten-character customs registration code',
  'differs-set': 'differs from what you set, which was taken',
  'own-code': 'a code of the source, kept behind ~',
  // why a row or a file is not accepted
  'file-empty': 'the file is empty',
  'file-zip': 'a zip archive, not a workbook',
  'file-locked': 'a workbook protected by a password',
  'file-page': 'a web page, not a table',
  'file-pdf': 'a PDF document, not a table',
  'encoding-broken':
    'byte {offset} belongs to no character of {encoding}, as all before it do: the file was damaged or cut there',
  'zero-fill': '{bytes} zero bytes from byte {offset}: the file was damaged when it was stored',
  'nul-at': 'a NUL byte at byte {offset}: the file was damaged',
  nul: 'a NUL byte: the file was damaged',
  'quote-open': 'a quote opened here is never closed',
  'quotes-unpaired': 'quotes do not pair up',
  'row-width': 'the row has {cells} cells, the header {headers}',
  'header-unknown': 'the header is not that of any known layout',
  'header-other': 'the header is not that of the layout {format}',
  'unit-other': 'the table gives amounts in {unit}; those of {format} are in whole units of a currency',
  'header-lacks': '{format}: no column for {columns}',
  'header-twice': 'the column {column} is there twice, in columns {first} and {second}',
  'header-names-only': 'products have names ({column}) but no codes',
  'header-again': 'the header stands here once more',
  'no-rows': 'no row follows the header',
  'sum-differs': 'the file sums to {found} {currency}, a difference of {difference}',
  'book-unpacks': 'a workbook of {bytes} bytes that unpacks to more than {most}',
  'book-large': 'a workbook of {bytes} bytes, more than {most}',
  'book-memory': 'a workbook too large to be held in memory',
  'book-slow': 'a workbook that takes too long to read',
  'book-broken': 'not a workbook that can be read',
  'sheet-empty': 'the sheet {sheet} is empty',
  'sheet-large': 'the sheet {sheet} has {cells} cells, more than {most}',
  'note-row': 'a title or note, not a row of the table',
  'total-row': 'a total of other rows',
  'group-row': 'a group of countries, not one of them',
  empty: 'empty',
  'value-none': 'no value',
  'number-not': 'not a number',
  'number-short': 'a spreadsheet shortened this number and lost its digits',
  'number-marks': 'commas and points do not separate thousands and decimals',
  'hs-not': 'not a product code',
  'commodity-not': 'not a commodity code',
  'period-not': 'not a period',
  'period-serial': "a spreadsheet's number for a day, not a period",
  'period-early': 'before the first period kept',
  'period-ahead': 'the period has not begun',
  'flow-not': 'neither import nor export',
  'flow-not-kept': 'not a flow that is kept',
  'currency-not': 'not a currency',
  'number-declaration-not': 'not a declaration number',
  'terms-not': 'not a 成交方式',
  'charge-unmarked': 'no mark says what this is',
  'charge-no-rate': 'in {charge}, the price in {price}, and no rate was stated',
  unreadable: 'the file could not be read',
  'disk-full': 'the disk of the service is full; nothing was stored',
  'database-away-read': 'the database broke off; send the file again',
  'database-away-load': 'the database broke off; nothing was stored: confirm it again',
  cancelled: 'cancelled',
  'load-cancelled': 'stopped before anything was stored: confirm it again',
  'service-stopped': 'the service stopped while it was read',
  // how to mend it
  'mend-encoding':
    'download or export it again, or set the encoding {encoding}: what belongs to no character is then kept as �',
  'mend-download': 'download or export it again',
  'mend-download-file': 'download or export the file again',
  'mend-download-table': 'download or export the table again',
  'mend-unit':
    'export the amounts in whole units and leave the unit out of title and second row; or save a column mapping with a factor',
  'mend-download-columns': 'download the table again with these columns, or rename the header',
  'mend-layout': 'known layouts: {formats}; save a column mapping for any other',
  'mend-csv': 'save the sheet as CSV UTF-8 and import that file',
  'mend-zip': 'unpack it and import the files in it',
  'mend-locked': 'open it with its password, save it without one, and import that file',
  'mend-page':
    'sign in to the source again and download the table; a table of a page can be opened in a spreadsheet and saved as .xlsx',
  'mend-pdf': 'ask for the table as a spreadsheet or CSV',
  'mend-header-twice': 'delete or rename the one that does not hold the figures',
  'mend-names-only': 'download the table again with 商品编码',
  'mend-leave-out': 'delete the row, or load without it',
  'mend-total-row': 'delete the row, or load without it: what it sums is counted in the other rows',
  'mend-group-row':
    'delete the row, or load without it: its members have rows of their own, and would be counted twice',
  'mend-sheet': 'name another with --sheet',
  'mend-sum': 'check the figure and the file; without a control total it is not compared',
  'mend-cut': 'the row may be cut off',
  'mend-delimiter': 'quote cells that contain the delimiter',
  'mend-quotes': 'double the quotes inside a quoted cell, and close every quote',
  'mend-needed': 'every row needs this',
  'mend-partner': 'every row needs this code; 701 stands for an unknown country or region',
  'mend-reporter': 'every row needs its reporter',
  'mend-world-partner': 'every row needs its partner; 0 is the world',
  'mend-amount': 'an amount is needed; write 0 for none',
  'mend-digits': 'write digits, or leave the cell empty when the amount is not known',
  'mend-marks': 'write 1,234,567.89 or 1234567.89',
  'mend-exponent': 'export the column again formatted as number without exponent',
  'mend-as-text': 'format the column as text and export it again',
  'mend-zero': 'a spreadsheet may have cut the leading zero of {code}: export the column as text',
  'mend-hs': 'a code has 2, 4, 6, 8 or 10 digits',
  'mend-commodity': 'digits with their leading zeros, or TOTAL',
  'mend-period': 'write 202603 or 2026-03, 2026-01/02, or 2026 for a year',
  'mend-period-serial': 'it is {day}: format the column as text such as 2026-03 and export it again',
  'mend-1962': 'periods start in 1962',
  'mend-year-month': 'check the year and the month',
  'mend-flow': 'write 出口 or 进口',
  'mend-flow-kept':
    'import, export, re-import and re-export are; domestic and processing flows are parts of them',
  'mend-currency': 'write the three letters, such as USD, EUR, CNY',
  'mend-terms': '1 CIF, 2 C&F, 3 FOB, 4 C&I, 5 市场价, 6 垫仓, 7 EXW',
  'mend-mark': 'mark 1 a rate in percent, 2 a price by the tonne, 3 a total',
  'mend-rates': 'state yuan for one unit of each, such as rates USD=7.12,EUR=7.85',
  'mend-ledger': 'a ledger names its enterprise by the ten-character customs code',
  // what must be said first
  'say-flow': '--flow export or --flow import: neither a column nor the file name tells',
  'say-period-suggested': '--period YYYY-MM: no column says it; the file name suggests --period {period}',
  'say-period': '--period YYYY-MM: no column says it',
  'say-period-form': 'a month YYYY-MM, the merged first two months YYYY-01/02, or a year YYYY',
  'say-currency': '--currency CNY or --currency USD: the value column does not say',
  'say-format': 'auto, {formats} or the name of a saved mapping',
  'say-one-of': 'one of {values}',
  'say-control': 'a number such as 1234567.89: the sum of the values of the file',
  'say-rates': 'yuan for one unit, such as USD=7.12,EUR=7.85',
  'say-part': 'a short name of letters, digits, spaces, dots, dashes: a slice keeps each part apart',
  'say-mapping-name': 'small letters, digits and dashes, and none of the known layouts',
  'say-mapping-value': 'usd, cny or value must name a column',
  'say-mapping': 'a column mapping',
  'say-gzip': 'an unbroken gzip file',
  'say-readable': 'a readable file ({reason})',
  'say-file': 'one file in a multipart form',
  'say-form': 'multipart/form-data',
  'say-head-or-import': 'the beginning of the file, or the number of an import whose file is kept',
  // requests that cannot be served as things are
  'import-unknown': 'import {id}: no such import',
  'import-no-file': 'import {id}: its file is gone: send it again',
  'import-busy': 'import {id}: loading: another instance of the service reads it',
  'import-no-preview': 'import {id}: {state}: only a preview can be confirmed or dropped',
  'import-not-again': 'import {id}: {state}: only what is not stored can be read again',
  'import-not-yours': 'import {id}: only who sent the file can have it read again',
  'import-not-loaded': 'import {id}: {state}: only a loaded file can be undone',
  'import-built-on': 'import {id}: import {later} ({name}) was built on its declarations: undo that first',
  'import-no-rejects': 'import {id}: no row was rejected',
  'import-rejects': 'acceptPartial: false: {rows} rows are rejected; true loads the others',
  'file-too-large': 'file: {name}: larger than this service accepts',
  'too-many-different':
    'file: it has more different enterprises, codes and names than fit into memory; send it in parts, such as a file for each year',
  'accept-partial': 'true, to load the rows that are not rejected',
  'undo-first': 'undo {later} first',
} as const

export type MessageCode = keyof typeof sentences

type NamesIn<Sentence extends string> = Sentence extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never

export type Params<Code extends MessageCode> = Record<NamesIn<(typeof sentences)[Code]>, string | number>

/** What was said, for programs and translations: a code and the values in it. `other` has the sentence itself. */
export interface Said {
  code: MessageCode | 'other'
  params: Record<string, string | { code: string; params: Record<string, string> }>
}

/** The English sentence of a code. */
export function say<Code extends MessageCode>(
  code: Code,
  ...[params]: NamesIn<(typeof sentences)[Code]> extends never ? [] : [Params<Code>]
): string {
  const values: Record<string, string | number> = params ?? {}
  return sentences[code].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}

/** Values that are sentences themselves. */
const nested: ReadonlySet<string> = new Set(['reason', 'hint', 'rows'])

interface Pattern {
  code: MessageCode
  expression: RegExp
  names: string[]
}

const plain = new Map<string, MessageCode>()
const patterns: Pattern[] = []
for (const [code, sentence] of Object.entries(sentences) as [MessageCode, string][]) {
  const names = [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  if (names.length === 0) plain.set(sentence, code)
  else patterns.push({ code, names, expression: expressionOf(sentence) })
}
/** A sentence that says more is tried before one whose names would swallow it. */
const wordsIn = ({ code }: Pattern) => sentences[code].replaceAll(/\{\w+\}/g, '').length
patterns.sort((a, b) => wordsIn(b) - wordsIn(a))

/**
 * The code of a sentence made by `say`, and its values. Reports are kept as sentences, those of earlier releases too, so
 * that what was said is found by the sentence's form.
 */
export function understood(sentence: string): Said {
  const code = plain.get(sentence)
  if (code !== undefined) return { code, params: {} }
  for (const { code, expression, names } of patterns) {
    const found = expression.exec(sentence)
    if (found === null) continue
    const params = names.map((name, index) => [name, valueNamed(name, found[index + 1] ?? '')])
    return { code, params: Object.fromEntries(params) }
  }
  return { code: 'other', params: { text: sentence } }
}

function valueNamed(name: string, text: string): Said['params'][string] {
  if (!nested.has(name)) return text
  const inner = understood(text)
  if (inner.code === 'other') return text
  return { code: inner.code, params: inner.params as Record<string, string> }
}

function expressionOf(sentence: string): RegExp {
  const literal = sentence.split(/\{\w+\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${literal.join('(.*?)')}$`, 's')
}
