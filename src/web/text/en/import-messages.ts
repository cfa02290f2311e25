import type { MessageCode } from '../../../ingest/messages.ts'

/** What the service says to the command line and is said otherwise on a page; all else is in its own words. */
export const importSaid: Partial<Record<MessageCode, string>> = {
  'slice-shrinks':
    '{dataset} {flow} {period}: what is replaced had more than twice as many rows; where the file is one part of a split download, fill in “Part”',
  'mend-sheet': 'choose another sheet',
  'mend-sum': 'check the figure and the file; without a control total it is not compared',
  'say-flow': 'export or import: neither a column nor the file name tells',
  'say-period-suggested': 'no column says the month; the file name suggests {period}: please confirm',
  'say-period': 'no column says the month',
  'say-currency': 'CNY or USD: the value column does not say',
  'say-file': 'choose a file',
  'say-form': 'send the file by a form',
  'import-no-file': 'the file is no longer kept: send it again',
  'import-rejects': '{rows} rows are rejected: agree to leave them out to load the others',
  'accept-partial': 'agree to leave out the rows that are rejected',
}
