import { useState } from 'react'
import { useText } from '../../language.tsx'
import { Section } from '../Section.tsx'
import { DropZone } from './DropZone.tsx'
import { FileCard } from './FileCard.tsx'

interface Dropped {
  key: number
  file: File
}

/** Files are dropped, read, looked at and stored or discarded, each on a card of its own. */
export function ImportWizard() {
  const { text } = useText()
  const [dropped, setDropped] = useState<Dropped[]>([])
  const add = (files: readonly File[]) =>
    setDropped((before) => {
      const next = Math.max(0, ...before.map(({ key }) => key)) + 1
      return [...before, ...files.map((file, index) => ({ key: next + index, file }))]
    })
  return (
    <>
      <Section
        title={text.imports.load}
        extra={
          <a href="/api/v1/imports/template" download>
            {text.wizard.template}
          </a>
        }
      >
        <DropZone onFiles={add} />
      </Section>
      {dropped.map(({ key, file }) => (
        <FileCard
          key={key}
          file={file}
          onRemove={() => setDropped((all) => all.filter((one) => one.key !== key))}
        />
      ))}
    </>
  )
}
