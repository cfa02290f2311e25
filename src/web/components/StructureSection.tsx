import { Select } from 'antd'
import { type Flow, structureAddress, useStructure } from '../api.ts'
import { type Currency, count, growth, moneyText, share, unitFor } from '../format.ts'
import { useText } from '../language.tsx'
import { useChoice } from '../use-choice.ts'
import type { Span } from '../year-to-date.ts'
import { accountOf } from './HeadlineFigures.tsx'
import { HowComputed } from './HowComputed.tsx'
import { Loaded } from './Loaded.tsx'
import { Section } from './Section.tsx'
import { StructureTable } from './StructureTable.tsx'

const dimensions = ['partner', 'hs2', 'hs4', 'mode', 'enterprise'] as const

/** What the year so far is made of, by a dimension of choice. */
export function StructureSection({ from, to, flow, currency }: Span & { flow: Flow; currency: Currency }) {
  const { language, text } = useText()
  const [by, setBy] = useChoice('by', dimensions)
  const filter = { flow, currency, from, to, by, top: 100 }
  const structure = useStructure(filter)
  const meta = structure.data?.meta
  return (
    <Section
      title={text.structure.title}
      extra={
        <>
          {meta && (
            <HowComputed
              computation={{
                of: text.structure.title,
                formulas: ['share', 'yoy', 'pull'],
                url: structureAddress(filter),
                ...accountOf(meta),
              }}
            />
          )}
          <a href={`${structureAddress(filter)}&format=csv`} download="structure.csv">
            {text.structure.download}
          </a>
          <Select
            aria-label={text.structure.by}
            value={by}
            onChange={setBy}
            className="by"
            options={dimensions.map((value) => ({ value, label: text.structure.dimensions[value] }))}
          />
        </>
      }
    >
      <Loaded query={structure} rows={10}>
        {({ data, meta: account }) => {
          const unit = unitFor(
            data.map((line) => line.value),
            { currency, language, use: 'table' },
          )
          return (
            <>
              <p className="muted gap-below-small">
                {text.structure.summary({
                  total: moneyText(account.total, unit),
                  yoy: growth(account.yoy),
                  lines: count(account.n),
                  topFive: share(account.top.find(({ n }) => n === 5)?.share),
                })}
              </p>
              {account.warnings.map((warning) => (
                <p key={warning.code} className="note">
                  {text.structure.notes[warning.code] ?? warning.detail}
                </p>
              ))}
              <StructureTable lines={data} unit={unit} by={by} isPlaceholder={structure.isPlaceholderData} />
            </>
          )
        }}
      </Loaded>
    </Section>
  )
}
