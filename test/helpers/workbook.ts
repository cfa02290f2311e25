import { CFB, utils, write } from '@e965/xlsx'

/** An .xlsx file with one sheet. */
export function workbook(rows: unknown[][]): Buffer {
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows), 'a')
  return write(book, { type: 'buffer', bookType: 'xlsx' })
}

/** Small files that name more cells than any memory holds: what they say, and the XML of their sheet. */
export const endlessSheets: readonly [about: string, xml: string][] = [
  ['a link over every cell there is', '<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>'],
  ['columns without end', '<cols><col min="1" max="2000000000" width="9"/></cols>'],
  ['a row at the very end', '<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'],
]

/** A workbook whose sheet holds this XML. */
export function withSheet(xml: string): Buffer {
  const archive = CFB.read(workbook([['id']]), { type: 'buffer' })
  const part = CFB.find(archive, '/xl/worksheets/sheet1.xml')
  const sheet = String(Buffer.from(part?.content as Uint8Array))
  const changed = xml.startsWith('<sheetData')
    ? sheet.replace(/<sheetData>.*<\/sheetData>/s, xml)
    : sheet.replace(xml.startsWith('<cols') ? '<sheetData>' : '</sheetData>', (tag) =>
        xml.startsWith('<cols') ? `${xml}${tag}` : `${tag}${xml}`,
      )
  CFB.utils.cfb_add(archive, '/xl/worksheets/sheet1.xml', Buffer.from(changed))
  return CFB.write(archive, { fileType: 'zip', type: 'buffer' }) as Buffer
}
