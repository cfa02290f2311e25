import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { type Notice, useChange } from '../../api-portal.ts'
import { day } from '../../format.ts'
import { useText } from '../../language.tsx'
import { EmptyState } from '../EmptyState.tsx'
import { Section } from '../Section.tsx'
import { AudienceFields } from './AudienceFields.tsx'
import { audienceText } from './audience.ts'
import { EditButton } from './EditButton.tsx'
import { FormDialog, useNeeded } from './FormDialog.tsx'
import { RemoveButton } from './RemoveButton.tsx'

/** What the bureau tells; with `editor` it writes it here as well. */
export function NoticeList({ notices, editor }: { notices: Notice[]; editor: boolean }) {
  const { text } = useText()
  const labels = text.portal.events
  const [editing, edit] = useState<Notice | 'new' | null>(null)
  return (
    <Section
      title={labels.notices}
      extra={
        editor && (
          <Button type="primary" onClick={() => edit('new')}>
            {labels.newNotice}
          </Button>
        )
      }
    >
      {notices.length === 0 ? (
        <EmptyState title={labels.noNotices} />
      ) : (
        <ul className="portal-list">
          {notices.map((notice) => (
            <li key={notice.id}>
              <h3>{notice.title}</h3>
              <p className="muted">
                {[
                  day(notice.publishedAt),
                  editor && `${labels.audience}${text.colon}${audienceText(notice, text)}`,
                  notice.endsOn && labels.untilDay(notice.endsOn),
                ]
                  .filter(Boolean)
                  .join(text.comma)}
              </p>
              <p className="portal-text">{notice.body}</p>
              {editor && (
                <div className="portal-actions">
                  <EditButton name={notice.title} onClick={() => edit(notice)} />
                  <RemoveButton path={`/notices/${notice.id}`} name={notice.title} />
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {editing && <NoticeForm notice={editing === 'new' ? null : editing} onClose={() => edit(null)} />}
    </Section>
  )
}

type Typed = Pick<Notice, 'title' | 'body' | 'districts' | 'chapters' | 'endsOn'>

function NoticeForm({ notice, onClose }: { notice: Notice | null; onClose: () => void }) {
  const { text } = useText()
  const labels = text.portal.events
  const change = useChange()
  const needed = useNeeded()
  return (
    <FormDialog<Typed>
      title={notice ? labels.changeNotice : labels.newNotice}
      initial={notice ?? { districts: [], chapters: [] }}
      busy={change.isPending}
      error={change.error}
      onClose={onClose}
      onSubmit={({ title, body, districts, chapters, endsOn }) =>
        change.mutate(
          {
            method: notice ? 'PUT' : 'POST',
            path: notice ? `/notices/${notice.id}` : '/notices',
            body: { title: title.trim(), body, districts, chapters, endsOn: endsOn || null },
          },
          { onSuccess: onClose },
        )
      }
    >
      <Form.Item name="title" label={labels.heading} rules={needed}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="body" label={labels.body} rules={needed}>
        <Input.TextArea rows={5} maxLength={5000} />
      </Form.Item>
      <AudienceFields />
      <Form.Item name="endsOn" label={labels.until}>
        <Input type="date" />
      </Form.Item>
    </FormDialog>
  )
}
