import { billColumns, mostLines } from './bill-table.ts'
import { billHeadings, billWords } from './text.ts'

const example = ['1', '848210', '轴承', '40', '0.2', '非原产', 'DE', '', '材料']
/** Kept as text, so that spreadsheets leave leading zeros alone. */
const textColumns: readonly string[] = ['id', 'hs', 'country', 'evidence']

/** The template as CSV, behind a byte order mark so that spreadsheets read it as UTF-8. */
export function csvTemplate(): string {
  return `\uFEFF${billColumns.join(',')}\r\n1,848210,bearing,40,0.2,non-originating,DE,,\r\n`
}

/** The template as a workbook: what each column takes is noted at its heading and offered or checked in its cells. No formula in it. */
export async function workbookTemplate(): Promise<Buffer> {
  const { CFB, utils, write } = await import('@e965/xlsx')
  const sheet = utils.aoa_to_sheet([billColumns.map((name) => billHeadings[name].zh), example])
  sheet['!cols'] = billColumns.map(() => ({ wch: 16 }))
  for (const [index, name] of billColumns.entries()) {
    const heading = sheet[utils.encode_cell({ r: 0, c: index })]
    heading.c = Object.assign([{ a: 'Tradewind', t: billHeadings[name].note }], { hidden: true })
    const cell = sheet[utils.encode_cell({ r: 1, c: index })]
    if (textColumns.includes(name)) cell.z = '@'
  }
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet, '物料清单')
  const archive = CFB.read(write(book, { type: 'buffer', bookType: 'xlsx' }), { type: 'buffer' })
  const part = CFB.find(archive, '/xl/worksheets/sheet1.xml')
  if (!part) throw new Error('the workbook has no first sheet')
  const xml = withTextColumns(String(Buffer.from(part.content as Uint8Array)))
  const content = Buffer.from(xml.replace('</sheetData>', `</sheetData>${validations()}`))
  Object.assign(part, { content, size: content.length })
  return CFB.write(archive, { type: 'buffer', fileType: 'zip', compression: true }) as Buffer
}

/** Whole columns take the text format of the example's cells, the first style after the default one. */
function withTextColumns(xml: string): string {
  return billColumns.reduce((text, name, index) => {
    if (!textColumns.includes(name)) return text
    const column = index + 1
    return text.replace(
      `<col min="${column}" max="${column}"`,
      `<col min="${column}" max="${column}" style="1"`,
    )
  }, xml)
}

/** What the cells below the headings take, in the words of SpreadsheetML (ECMA-376, 18.3.1.33). */
function validations(): string {
  const words = Object.keys(billWords)
  const lists = { origin: words.slice(0, 3), role: words.slice(3) }
  const rules = billColumns.flatMap((name, index) => {
    const letter = String.fromCharCode(65 + index)
    const place = `allowBlank="1" showErrorMessage="1" sqref="${letter}2:${letter}${mostLines + 1}"`
    if (name === 'origin' || name === 'role')
      return [
        `<dataValidation type="list" ${place}><formula1>"${lists[name].join(',')}"</formula1></dataValidation>`,
      ]
    if (name === 'value' || name === 'weightKg')
      return [
        `<dataValidation type="decimal" operator="greaterThanOrEqual" ${place}><formula1>0</formula1></dataValidation>`,
      ]
    const lengths = { hs: [6, 12], country: [2, 2] }[name as 'hs' | 'country']
    if (!lengths) return []
    const [least, most] = lengths
    return [
      `<dataValidation type="textLength" ${place}><formula1>${least}</formula1><formula2>${most}</formula2></dataValidation>`,
    ]
  })
  return `<dataValidations count="${rules.length}">${rules.join('')}</dataValidations>`
}
