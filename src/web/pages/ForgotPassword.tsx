import { Alert, Button, Form } from 'antd'
import { useForgotten } from '../api-admin.ts'
import { Card } from '../components/account/Card.tsx'
import { EmailField } from '../components/account/EmailField.tsx'
import { ProblemNotice } from '../components/ProblemNotice.tsx'
import { useText } from '../language.tsx'

/** Asks for a link to set a new password; the answer is the same whoever asks. */
export function ForgotPassword() {
  const { text } = useText()
  const labels = text.account.forgotPage
  const asked = useForgotten()
  return (
    <Card title={labels.title} reason={labels.reason} back>
      {asked.isSuccess ? (
        <Alert type="success" showIcon role="status" title={labels.sent} description={labels.sentNext} />
      ) : (
        <Form
          layout="vertical"
          requiredMark={false}
          disabled={asked.isPending}
          onFinish={(person) => asked.mutate(person)}
        >
          <EmailField />
          {asked.error && (
            <div className="gap-below">
              <ProblemNotice error={asked.error} />
            </div>
          )}
          <Button type="primary" htmlType="submit" block loading={asked.isPending}>
            {labels.submit}
          </Button>
        </Form>
      )}
    </Card>
  )
}
