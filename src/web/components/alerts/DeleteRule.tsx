import { useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useNavigate } from 'react-router'
import { type Rule, useDeleteRule, warningsOfRule } from '../../api-alerts.ts'
import { useText } from '../../language.tsx'
import { failed } from './failed.tsx'

/** Deletes a rule after saying how many warnings go with it. */
export function DeleteRule({ rule }: { rule: Rule }) {
  const { language, text } = useText()
  const labels = text.alerts.rule
  const app = App.useApp()
  const client = useQueryClient()
  const navigate = useNavigate()
  const remove = useDeleteRule()
  const ask = async () => {
    try {
      const { open, all } = await warningsOfRule(client, rule.id)
      app.modal.confirm({
        title: labels.removeTitle(rule.name[language]),
        content: labels.removeEffect(open, all),
        okText: labels.remove,
        okButtonProps: { danger: true },
        cancelText: labels.cancel,
        onOk: () =>
          remove.mutateAsync(rule.id).then(() => {
            void app.message.success(labels.removed)
            navigate('/warnings/rules')
          }, failed(app)),
      })
    } catch (error) {
      failed(app)(error as Error)
    }
  }
  return (
    <Button danger loading={remove.isPending} onClick={() => void ask()}>
      {labels.remove}
    </Button>
  )
}
