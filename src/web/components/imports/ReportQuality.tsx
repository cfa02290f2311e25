import type { ReactNode } from 'react'
import type { ImportEntry } from '../../api.ts'
import { amount, count, share } from '../../format.ts'
import { useText } from '../../language.tsx'
import { periodName } from './period-name.ts'
import { useSaid } from './use-said.ts'

type Quality = NonNullable<NonNullable<ImportEntry['report']>['quality']>

/** What a person should look at before relying on a file. */
export function ReportQuality({ quality }: { quality: Quality }) {
  const { text } = useText()
  const words = text.wizard.quality
  const parts = useParts(quality)
  return (
    <details open={parts.length > 0 || otherLists(quality).some(({ lines }) => lines === null)}>
      <summary>{words.title}</summary>
      {parts.length === 0 && <p>{words.fine}</p>}
      <dl className="quality">
        {parts.map(({ title, content }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{content}</dd>
          </div>
        ))}
      </dl>
      {otherLists(quality).length > 0 && (
        <p className="muted">
          {otherLists(quality)
            .map(({ year, lines, edition }) =>
              words.codeList(year, lines === null ? words.sixDigits(edition) : words.eightDigits(lines)),
            )
            .join(' ')}{' '}
          {words.otherLists}
        </p>
      )}
      {!quality.complete && <p className="muted">{words.incomplete}</p>}
    </details>
  )
}

/** Years whose codes had to be looked up in another list than their own. */
function otherLists({ codeLists = [] }: Quality) {
  return codeLists.filter(({ year, lines }) => lines !== year)
}

interface Part {
  title: string
  content: ReactNode
}

function useParts(quality: Quality): Part[] {
  const { text, language } = useText()
  const said = useSaid()
  const words = text.wizard.quality
  const list = (title: string, lines: readonly ReactNode[]): Part[] =>
    lines.length === 0 ? [] : [{ title, content: <Lines lines={lines} /> }]
  return [
    ...control(quality, words),
    ...list(
      words.missing,
      quality.missing.map(
        (one) => `${one.column}${text.colon}${words.missingShare(count(one.rows), share(one.share))}`,
      ),
    ),
    ...list(words.unknown, [
      ...(quality.unknown ?? []).map((one) => (
        <>
          {`${one.column}${text.colon}${said(one.reason, one.reasonCode)}${text.stop}${words.unknownRows(count(one.rows), count(one.different))}${text.colon}`}
          <code>{one.values.slice(0, 20).join(' ')}</code>
        </>
      )),
    ]),
    ...list(
      words.units,
      quality.unitChanges.map((one) => `${one.hs}${text.colon}${one.units.join(text.comma)}`),
    ),
    ...list(
      words.outliers,
      quality.outliers.map(
        (one) =>
          `${words.line} ${count(one.line)}${text.comma}${one.hs}${text.comma}${one.partner}${text.colon}` +
          `${words.unitValue} ${amount(one.unitValue)}${text.comma}${words.median} ${amount(one.median)}`,
      ),
    ),
    ...list(
      words.periods,
      quality.missingPeriods.map((one) => {
        const [, flow = '', period = ''] = one.split(' ')
        return `${text.flows[flow as keyof typeof text.flows]} ${periodName(period, language)}`
      }),
    ),
    ...list(
      words.controls,
      quality.controls.map(
        (one) =>
          `${one.dataset} ${one.scope} ${one.period.slice(0, 7)}${text.colon}${words.stated} ${amount(one.stated)}${text.comma}${words.parts} ${amount(one.parts)}`,
      ),
    ),
  ]
}

function control(
  { controlTotal }: Quality,
  words: ReturnType<typeof useText>['text']['wizard']['quality'],
): Part[] {
  if (controlTotal === null) return []
  const { stated, found, difference, currency } = controlTotal
  const content =
    difference === '0'
      ? words.controlHolds(amount(stated), currency ?? '')
      : words.controlDiffers({ stated: amount(stated), found: amount(found), difference: amount(difference) })
  return [{ title: words.controlTotal, content }]
}

function Lines({ lines }: { lines: readonly ReactNode[] }) {
  return (
    <ul className="sentences">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a report never move
        <li key={index}>{line}</li>
      ))}
    </ul>
  )
}
