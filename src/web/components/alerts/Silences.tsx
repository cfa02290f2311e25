import { App, Button, Table, type TableColumnsType } from 'antd'
import { type Silence, useEndSilence, useRules, useSilences } from '../../api-alerts.ts'
import { dayAndTime } from '../../format.ts'
import { type Language, useText } from '../../language.tsx'
import type { Text } from '../../text/zh.ts'
import { EmptyState } from '../EmptyState.tsx'
import { Loaded } from '../Loaded.tsx'
import { PageHead } from '../PageHead.tsx'
import { ScrollBox } from '../ScrollBox.tsx'
import { AlertTabs } from './AlertTabs.tsx'
import { failed } from './failed.tsx'

/** What is silenced, by whom and until when; those in force can be ended. */
export function Silences() {
  const { text } = useText()
  const silences = useSilences()
  const labels = text.alerts.silences
  return (
    <>
      <PageHead
        title={text.alerts.tabs.silences}
        answer={silences.data && labels.answer(silences.data.data.filter(({ active }) => active).length)}
      />
      <AlertTabs />
      <Loaded query={silences}>
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState title={labels.none} next={labels.noneNext} />
          ) : (
            <SilenceTable silences={data} />
          )
        }
      </Loaded>
    </>
  )
}

function SilenceTable({ silences }: { silences: Silence[] }) {
  const { language, text } = useText()
  const labels = text.alerts.silences
  const end = useEndSilence()
  const app = App.useApp()
  const rules = useRules()
  const names = new Map(rules.data?.data.map(({ id, name }) => [id, name]))
  const what = (silence: Silence) => matchersText(silence.matchers, { names, language, text })
  const columns: TableColumnsType<Silence> = [
    { title: labels.matchers, render: (_, silence) => what(silence) },
    { title: labels.note, dataIndex: 'note' },
    { title: labels.by, dataIndex: 'createdBy', width: 140 },
    { title: labels.from, width: 150, render: (_, { startsAt }) => dayAndTime(startsAt) },
    { title: labels.until, width: 150, render: (_, { endsAt }) => dayAndTime(endsAt) },
    {
      title: labels.state,
      width: 150,
      render: (_, silence) =>
        silence.active ? (
          <>
            {labels.active}{' '}
            <Button
              size="small"
              aria-label={labels.endOf(what(silence))}
              loading={end.isPending && end.variables === silence.id}
              onClick={() => end.mutate(silence.id, { onError: failed(app) })}
            >
              {labels.end}
            </Button>
          </>
        ) : (
          <span className="muted">{labels.over}</span>
        ),
    },
  ]
  return (
    <ScrollBox label={text.tableOf(text.alerts.tabs.silences)}>
      <Table<Silence>
        rowKey="id"
        size="small"
        columns={columns}
        dataSource={silences}
        pagination={silences.length > 50 && { pageSize: 50, showSizeChanger: false }}
        className="wide-table"
      />
    </ScrollBox>
  )
}

/** What a silence is about, in words: the rule by its name, everything else by its code. */
function matchersText(
  matchers: Silence['matchers'],
  {
    names,
    language,
    text,
  }: { names: ReadonlyMap<string, { zh: string; en: string }>; language: Language; text: Text },
): string {
  const shownValue = (name: string, value: string) => {
    if (name === 'rule') return names.get(value)?.[language] ?? value
    if (name === 'severity') return (text.warnings.severities as Record<string, string>)[value] ?? value
    return name === 'topic' ? ((text.alerts.topics as Record<string, string>)[value] ?? value) : value
  }
  return Object.entries(matchers)
    .map(([name, value]) => `${text.alerts.labels[name] ?? name}${text.colon}${shownValue(name, value)}`)
    .join(' · ')
}
