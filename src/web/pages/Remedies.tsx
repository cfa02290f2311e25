import { Input, Segmented, Table, type TableColumnsType } from 'antd'
import { useMemo, useState } from 'react'
import { type Remedy, useRemedies } from '../api-alerts.ts'
import { AlertTabs } from '../components/alerts/AlertTabs.tsx'
import { RemedyLists } from '../components/alerts/RemedyLists.tsx'
import { daysAfter, useToday } from '../components/alerts/use-today.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { CountrySelect } from '../components/rcep/CountrySelect.tsx'
import { ScrollBox } from '../components/ScrollBox.tsx'
import { count, money, month, unitFor } from '../format.ts'
import { useText } from '../language.tsx'
import { nameOf } from '../names.ts'
import '../styles/alerts.css'
import { useChoice } from '../use-choice.ts'
import { useDebounced } from '../use-debounced.ts'

const standings = ['stands', 'ended', 'any'] as const

/** Which trade-remedy cases stand against us, what do we sell there, and when do they end? */
export function Remedies() {
  const { text } = useText()
  const labels = text.alerts.remedies
  const today = useToday()
  const inAYear = today && daysAfter(today, 365)
  const [standing, setStanding] = useChoice('standing', standings)
  const [until, setUntil] = useChoice('until', ['any', 'year'])
  const [imposing, setImposing] = useState('')
  const [typed, setTyped] = useState('')
  const hs = useDebounced(typed)
  const asked = {
    standing,
    imposing,
    hs: /^\d{2,6}$/.test(hs) ? hs : undefined,
    endsBefore: until === 'year' ? inAYear : undefined,
  }
  const cases = useRemedies(asked)
  const standingNow = useRemedies({ standing: 'stands' })
  const ending = useRemedies({ standing: 'stands', endsBefore: inAYear })
  const rowsOf = (query: typeof cases) => (query.data?.meta.rows ?? 0) + (query.data?.meta.more ?? 0)
  return (
    <>
      <PageHead
        title={labels.title}
        answer={
          standingNow.data &&
          ending.data &&
          labels.answer({ standing: count(rowsOf(standingNow)), soon: count(rowsOf(ending)) })
        }
      />
      <AlertTabs />
      <RemedyLists sources={cases.data?.meta.sources ?? []} />
      <div className="tools gap-below no-print">
        <Segmented
          aria-label={labels.standing}
          value={standing}
          onChange={setStanding}
          options={standings.map((value) => ({ value, label: labels.standings[value] }))}
        />
        <Segmented
          aria-label={labels.until}
          value={until}
          onChange={setUntil}
          options={(['any', 'year'] as const).map((value) => ({ value, label: labels.untils[value] }))}
        />
        <div className="search">
          <label htmlFor="imposing" className="visually-hidden">
            {labels.imposing}
          </label>
          <CountrySelect
            id="imposing"
            allowClear
            value={imposing}
            onChange={(code) => setImposing(code ?? '')}
            placeholder={labels.imposing}
          />
        </div>
        <Input
          aria-label={labels.hs}
          placeholder={labels.hs}
          className="by"
          inputMode="numeric"
          maxLength={6}
          allowClear
          value={typed}
          onChange={({ target }) => setTyped(target.value.trim())}
        />
      </div>
      <Loaded query={cases} rows={8}>
        {({ data, meta }) =>
          data.length === 0 ? (
            <EmptyState
              title={meta.sources.length === 0 ? labels.none : labels.noneFound}
              next={meta.sources.length === 0 ? labels.noneNext : labels.noneFoundNext}
            />
          ) : (
            <Cases cases={data} more={meta.more} from={meta.exportsFrom} to={meta.exportsTo} />
          )
        }
      </Loaded>
    </>
  )
}

function Cases(props: { cases: Remedy[]; more: number; from: string | null; to: string | null }) {
  const { language, text } = useText()
  const labels = text.alerts.remedies
  const { cases, more, from, to } = props
  const unit = useMemo(
    () =>
      unitFor(
        cases.map((one) => one.exports),
        { currency: 'USD', language, use: 'table' },
      ),
    [cases, language],
  )
  const columns: TableColumnsType<Remedy> = [
    {
      title: labels.imposing,
      width: 140,
      render: (_, one) =>
        nameOf({ code: one.imposing, nameZh: one.imposingZh, nameEn: one.imposingEn }, language),
    },
    { title: labels.kind, width: 110, render: (_, { kind }) => labels.kinds[kind] ?? kind },
    {
      title: labels.product,
      render: (_, { product, reference }) => (
        <>
          {product} <span className="muted breakable">{reference.endsWith(product) ? '' : reference}</span>
        </>
      ),
    },
    { title: labels.codes, width: 150, render: (_, { hs6 }) => <Codes codes={hs6} /> },
    { title: labels.inForce, width: 110, dataIndex: 'inForceOn', render: (value) => value ?? '—' },
    {
      title: labels.sunset,
      width: 150,
      render: (_, { sunsetOn, sunsetStated }) => (
        <>
          {sunsetOn ?? '—'}
          {sunsetOn && !sunsetStated && (
            <span className="mark caution" title={labels.reckonedMeaning}>
              {labels.reckoned}
            </span>
          )}
        </>
      ),
      sorter: (a, b) => (a.sunsetOn ?? '9999').localeCompare(b.sunsetOn ?? '9999'),
    },
    {
      title: labels.exports(unit.label),
      align: 'right',
      width: 150,
      render: (_, one) => money(one.exports, unit),
      sorter: (a, b) => Number(a.exports ?? 0) - Number(b.exports ?? 0),
    },
  ]
  return (
    <>
      <ScrollBox label={text.tableOf(labels.title)}>
        <Table<Remedy>
          rowKey="id"
          size="small"
          columns={columns}
          dataSource={cases}
          pagination={cases.length > 50 && { pageSize: 50, showSizeChanger: false }}
          className="wide-table"
          showSorterTooltip={false}
        />
      </ScrollBox>
      <p className="muted">
        {from && to && labels.exportsSpan(month(from, language), month(to, language))}{' '}
        {more > 0 && labels.more(count(more))}
      </p>
    </>
  )
}

const shownCodes = 4

function Codes({ codes }: { codes: string[] }) {
  const { text } = useText()
  const rest = codes.length - shownCodes
  return (
    <span title={codes.join(' ')}>
      {codes.slice(0, shownCodes).join(text.comma)}
      {rest > 0 && <span className="muted"> {text.alerts.remedies.moreCodes(rest)}</span>}
    </span>
  )
}
