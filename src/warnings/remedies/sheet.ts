/** The first sheet of a workbook as rows of cells. Throws for what is none. */
export async function sheetRows(bytes: Buffer): Promise<unknown[][]> {
  const xlsx = await import('@e965/xlsx')
  const archive = xlsx.CFB.read(bytes, { type: 'buffer' })
  const types = xlsx.CFB.find(archive, '/[Content_Types].xml')
  // I-TIP's files call their workbook part /xl/bin, where there is none
  if (types) {
    const text = Buffer.from(types.content as Uint8Array).toString('utf8')
    if (text.includes('"/xl/bin"'))
      types.content = Buffer.from(text.replace('"/xl/bin"', '"/xl/workbook.bin"'))
  }
  const fixed = xlsx.CFB.write(archive, { fileType: 'zip', type: 'buffer' })
  // without the blank cells the reader moves what follows them to the left
  const book = xlsx.read(fixed, { type: 'buffer', sheetStubs: true })
  const sheet = book.Sheets[book.SheetNames[0] ?? '']
  return sheet ? xlsx.utils.sheet_to_json<unknown[]>(sheet, { header: 1, raw: true }) : []
}
