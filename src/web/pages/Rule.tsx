import { App, Button, Segmented } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { useRules, useSaveRule, type Rule as WarningRule } from '../api-alerts.ts'
import { BacktestPanel, useRuleTest } from '../components/alerts/BacktestPanel.tsx'
import { DeleteRule } from '../components/alerts/DeleteRule.tsx'
import { failed } from '../components/alerts/failed.tsx'
import { ProblemOfRule } from '../components/alerts/RuleField.tsx'
import { RuleForm } from '../components/alerts/RuleForm.tsx'
import { RuleYaml } from '../components/alerts/RuleYaml.tsx'
import { blankRule, ruleOf, ruleProblemOf } from '../components/alerts/rule-draft.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { useText } from '../language.tsx'
import '../styles/alerts.css'
import { useChoice } from '../use-choice.ts'

/** What does this rule look for, and what would it have told? Edited as a form or as text, tested while it is edited. */
export function Rule() {
  const { text } = useText()
  const id = useParams().rule ?? 'new'
  const rules = useRules()
  if (id === 'new') return <Editor key="new" stored={blankRule} isNew />
  return (
    <Loaded query={rules} rows={12}>
      {({ data }) => {
        const found = data.find((rule) => rule.id === id)
        if (found) return <Editor key={id} stored={ruleOf(found)} isNew={false} />
        return (
          <>
            <PageHead title={text.alerts.rules.title} />
            <EmptyState
              title={text.alerts.rule.notFound}
              next={<Link to="/warnings/rules">{text.alerts.rules.title}</Link>}
            />
          </>
        )
      }}
    </Loaded>
  )
}

function Editor({ stored, isNew }: { stored: WarningRule; isNew: boolean }) {
  const { language, text } = useText()
  const labels = text.alerts.rule
  const [view, setView] = useChoice('view', ['form', 'yaml'])
  const [rule, setRule] = useState(stored)
  const tested = useRuleTest(rule)
  const app = App.useApp()
  const navigate = useNavigate()
  const save = useSaveRule(isNew)
  const store = (wanted: WarningRule, edited = wanted) =>
    save.mutate(wanted, {
      onSuccess: () => {
        void app.message.success(labels.saved)
        setRule(edited)
        if (isNew) navigate(`/warnings/rules/${wanted.id}`, { replace: true })
      },
      onError: (error) => ruleProblemOf(error) === null && failed(app)(error),
    })
  /** Of the rule as it is stored: what is being edited stays unsaved. */
  const toggle = () => {
    const enabled = !stored.enabled
    store({ ...stored, enabled }, { ...rule, enabled })
  }
  const problem = ruleProblemOf(save.error) ?? tested.problem
  const edit = (changed: WarningRule) => {
    save.reset()
    setRule(changed)
  }
  return (
    <ProblemOfRule value={problem}>
      <PageHead
        title={isNew ? labels.titleNew : stored.name[language]}
        tools={
          <>
            <Segmented
              aria-label={labels.view}
              value={view}
              onChange={setView}
              options={(['form', 'yaml'] as const).map((value) => ({ value, label: labels[value] }))}
            />
            <Button type="primary" loading={save.isPending} onClick={() => store(rule)}>
              {labels.save}
            </Button>
            {!isNew && (
              <>
                <Button onClick={toggle}>{stored.enabled ? labels.disable : labels.enable}</Button>
                <DeleteRule rule={stored} />
              </>
            )}
            <Link to="/warnings/rules">
              <Button>{text.alerts.rules.title}</Button>
            </Link>
          </>
        }
      />
      <div className="rule-and-test">
        <div>
          {view === 'form' ? (
            <RuleForm rule={rule} onChange={edit} isNew={isNew} />
          ) : (
            <RuleYaml rule={rule} onChange={edit} />
          )}
        </div>
        <BacktestPanel rule={rule} onChange={edit} tested={tested} />
      </div>
    </ProblemOfRule>
  )
}
