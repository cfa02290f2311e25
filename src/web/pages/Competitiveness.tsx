import { Select } from 'antd'
import { useSearchParams } from 'react-router'
import { useDatasets } from '../api.ts'
import { useCompetitiveness, useWorldData } from '../api-change.ts'
import { AdvantageSection } from '../components/competitiveness/AdvantageSection.tsx'
import { OwnSection } from '../components/competitiveness/OwnSection.tsx'
import { SpaceSection } from '../components/competitiveness/SpaceSection.tsx'
import { EmptyState } from '../components/EmptyState.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { count } from '../format.ts'
import { useText } from '../language.tsx'
import { nameOf } from '../names.ts'
import '../styles/change.css'
import { useCityData } from '../vintage.ts'

/** In what is the city strong, against the world and by itself? */
export function Competitiveness() {
  const { text } = useText()
  const city = useCityData()
  const years = useYears()
  const [params, setParams] = useSearchParams()
  const given = params.get('year') ?? ''
  const year = years.includes(given) ? given : (years[0] ?? '')
  if (city.loaded && year === '')
    return (
      <>
        <PageHead title={text.competitiveness.title} />
        <EmptyState title={text.overview.noData} next={text.overview.loadFirst} />
      </>
    )
  return (
    <>
      <PageHead
        title={text.competitiveness.title}
        answer={<Answer year={year} />}
        tools={
          <Select
            aria-label={text.competitiveness.year}
            className="by"
            value={year}
            onChange={(value) => setParams({ year: value })}
            options={years.map((value) => ({ value, label: value }))}
          />
        }
      />
      <AdvantageSection year={year} />
      <SpaceSection year={year} />
      <OwnSection year={year} level={4} />
    </>
  )
}

/** Whole years that the city's exports and imports both hold, the newest first. */
function useYears(): string[] {
  const { data } = useDatasets()
  const rows =
    data?.data.filter(({ dataset, flow }) => dataset === 'customs-cn' && /^(ex|im)port$/.test(flow)) ?? []
  if (rows.length < 2) return []
  const first = Math.max(
    ...rows.map((row) => Number(row.first.slice(0, 4)) + (/-01/.test(row.first) ? 0 : 1)),
  )
  const last = Math.min(
    ...rows.map((row) => Number(row.last.slice(0, 4)) - (row.last.endsWith('-12') ? 0 : 1)),
  )
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => String(last - at))
}

/** Advantages where the world is known, else what exports and imports say by themselves. */
function Answer({ year }: { year: string }) {
  const { language, text } = useText()
  const rca = useCompetitiveness({ measure: 'rca', year, top: 2000 }, useWorldData()?.exports ?? false)
  const tsc = useCompetitiveness({ measure: 'tsc', year, level: 4, top: 20_000 })
  const gl = useCompetitiveness({ measure: 'gl', year, level: 4, top: 20_000 })
  const labels = text.competitiveness
  if (rca.data) {
    const known = rca.data.data.filter(({ index }) => index !== null)
    const [first] = known
    return labels.answer({
      year,
      strong: count(known.filter(({ index }) => (index ?? 0) > 1).length),
      of: count(rca.data.meta.rows),
      first: first ? nameOf({ ...first, nameZh: first.name }, language) : null,
    })
  }
  return (
    <Loaded query={tsc} rows={1}>
      {({ meta }) =>
        labels.answerOwn({
          year,
          tsc: meta.total?.toFixed(2) ?? '—',
          gl: gl.data?.meta.total?.toFixed(2) ?? '—',
        })
      }
    </Loaded>
  )
}
