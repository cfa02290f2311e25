import facts from '../../../data/tariffs/official-files.json' with { type: 'json' }

const national: Record<string, Record<string, string> | undefined> = facts.national

/** The official text that holds an importing Party's RCEP rates for a group: its own decree where one is known, else the treaty's annex. */
export function officialFile(importer: string, group: string, language: 'en' | 'zh'): string {
  const annex = facts.annex[language].replace('{importer}', importer).replace('{group}', group)
  const own = national[importer]?.[group]
  return own === undefined ? annex : `${annex} (${own})`
}
