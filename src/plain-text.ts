/** Text that a spreadsheet would take for a formula, kept text by an apostrophe: for every table that leaves the service. */
export function plainText(text: string): string {
  return /^\s*[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text
}
