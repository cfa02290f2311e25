import { Button, Table, type TableColumnsType } from 'antd'
import { Link } from 'react-router'
import { type StoredRule, useRules } from '../api-alerts.ts'
import { AlertTabs } from '../components/alerts/AlertTabs.tsx'
import { conditionText, rollupText } from '../components/alerts/measure-text.ts'
import { Loaded } from '../components/Loaded.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { ScrollBox } from '../components/ScrollBox.tsx'
import { Severity } from '../components/warning-parts.tsx'
import { month } from '../format.ts'
import { useText } from '../language.tsx'
import '../styles/alerts.css'

/** By which rules are warnings given? */
export function Rules() {
  const { text } = useText()
  const labels = text.alerts.rules
  const rules = useRules()
  const all = rules.data?.data ?? []
  return (
    <>
      <PageHead
        title={labels.title}
        answer={rules.data && labels.answer(all.filter(({ enabled }) => enabled).length, all.length)}
        tools={
          <Link to="/warnings/rules/new">
            <Button type="primary">{labels.add}</Button>
          </Link>
        }
      />
      <AlertTabs />
      <Loaded query={rules} rows={8}>
        {({ data }) => <RuleTable rules={data} />}
      </Loaded>
    </>
  )
}

function RuleTable({ rules }: { rules: StoredRule[] }) {
  const { language, text } = useText()
  const labels = text.alerts.rules
  const columns: TableColumnsType<StoredRule> = [
    {
      title: text.alerts.board.severity,
      width: 90,
      render: (_, { severity }) => <Severity severity={severity} />,
    },
    {
      title: labels.name,
      render: (_, { id, name }) => <Link to={`/warnings/rules/${id}`}>{name[language]}</Link>,
    },
    {
      title: labels.scope,
      render: (_, { selector }) =>
        `${text.flows[selector.flow]} · ${labels.by(rollupText(selector.by, text))}`,
    },
    {
      title: labels.conditions,
      render: (_, { conditions }) => (
        <ul className="plain-list">
          {conditions.map((condition) => (
            <li key={JSON.stringify(condition)}>{conditionText(condition, text)}</li>
          ))}
        </ul>
      ),
    },
    {
      title: labels.through,
      width: 130,
      render: (_, { evaluatedThrough }) =>
        evaluatedThrough === null ? (
          <span className="muted">{labels.never}</span>
        ) : (
          month(evaluatedThrough, language)
        ),
    },
    {
      title: labels.state,
      width: 80,
      render: (_, { enabled }) => (enabled ? labels.on : <span className="muted">{labels.off}</span>),
    },
  ]
  return (
    <ScrollBox label={text.tableOf(labels.title)}>
      <Table<StoredRule>
        rowKey="id"
        size="small"
        columns={columns}
        dataSource={rules}
        pagination={false}
        className="wide-table"
      />
    </ScrollBox>
  )
}
