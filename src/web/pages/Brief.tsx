import { App, Button, Select } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { useDatasets } from '../api.ts'
import { type BriefFacts, useBriefFacts } from '../api-brief.ts'
import { BriefView } from '../components/brief/BriefView.tsx'
import type { BriefDocument } from '../components/brief/blocks.ts'
import { briefDocument, monthName } from '../components/brief/document.ts'
import { monthsBetween } from '../components/brief/months.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { FlowAndCurrency } from '../components/FlowAndCurrency.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { useText } from '../language.tsx'
import '../styles/brief.css'
import { useAbout } from '../session.ts'
import { useChoice } from '../use-choice.ts'
import { useCityData, useRevisedMonths } from '../vintage.ts'

/** What happened this month? A brief in sentences whose every figure leads to its query, to print or to save for Word. */
export function Brief() {
  const { language, text } = useText()
  const [flow, setFlow] = useChoice('flow', ['export', 'import'])
  const [currency, setCurrency] = useChoice('currency', ['USD', 'CNY'])
  const months = useMonths()
  const [month, setMonth] = useMonth(months)
  const { loaded, last } = useCityData()
  const revised = useRevisedMonths(flow)
  const isSample = useAbout().data?.data.sample ?? false
  const facts = useBriefFacts({ month, flow, currency })
  const written = (found: BriefFacts) =>
    briefDocument(found, { language, text, currency, flow, month }, { last, revised, isSample })
  const isEmpty = loaded && months.length === 0
  return (
    <>
      <PageHead
        title={text.ways.brief}
        tools={
          <div className="tools no-print">
            <Select
              aria-label={text.brief.month}
              className="by"
              value={month || null}
              onChange={setMonth}
              options={months.map((value) => ({ value, label: monthName({ month: value, language }) }))}
            />
            <FlowAndCurrency flow={flow} onFlow={setFlow} currency={currency} onCurrency={setCurrency} />
            <Button disabled={!facts.data} onClick={() => window.print()}>
              {text.brief.print}
            </Button>
            <Save
              brief={facts.data ? () => written(facts.data) : null}
              name={text.brief.file(monthName({ month, language }), text.flows[flow])}
            />
          </div>
        }
      />
      {isEmpty ? (
        <EmptyState title={text.overview.noData} next={text.overview.loadFirst} />
      ) : (
        <Loaded query={facts} rows={12}>
          {(found) =>
            found.exports.reply === null && found.imports.reply === null ? (
              <EmptyState title={text.brief.none} next={text.brief.noneNext} />
            ) : (
              <BriefView document={written(found)} />
            )
          }
        </Loaded>
      )}
    </>
  )
}

/** Loads what writes Word files only when it is wanted. */
function Save({ brief, name }: { brief: (() => BriefDocument) | null; name: string }) {
  const { text } = useText()
  const { message } = App.useApp()
  const [saving, setSaving] = useState(false)
  const save = async () => {
    if (!brief) return
    setSaving(true)
    try {
      const { briefFile } = await import('../components/brief/brief-docx.ts')
      download(await briefFile(brief(), { origin: location.origin, query: text.brief.query }), name)
    } catch {
      void message.error(text.brief.notSaved)
    } finally {
      setSaving(false)
    }
  }
  return (
    <Button type="primary" disabled={!brief} loading={saving} onClick={() => void save()}>
      {saving ? text.brief.saving : text.brief.save}
    </Button>
  )
}

function download(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

/** Months a brief can be written of, the newest first: those the city's data span. */
function useMonths(): string[] {
  const { data } = useDatasets()
  const city = data?.data.filter(({ dataset, yearly }) => dataset === 'customs-cn' && !yearly) ?? []
  const sorted = (texts: string[]) => texts.toSorted()
  return monthsBetween(
    sorted(city.map(({ first }) => first)).at(0) ?? '',
    sorted(city.map(({ last }) => last)).at(-1) ?? '',
  )
}

/** The month in the address; the newest where it has none or one that is not loaded. */
function useMonth(months: readonly string[]): [string, (month: string) => void] {
  const [params, setParams] = useSearchParams()
  const given = params.get('month')
  const month = given && months.includes(given) ? given : (months[0] ?? '')
  const choose = (value: string) =>
    setParams((before) => {
      const after = new URLSearchParams(before)
      after.set('month', value)
      return after
    })
  return [month, choose]
}
