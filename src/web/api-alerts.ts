import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Type } from 'typebox'
import type { FeedReply, NewFeedReply } from '../warnings/calendar/schema.ts'
import type { HistoryReply, OneWarningReply, SeriesReply } from '../warnings/detail-schema.ts'
import type {
  AddressBody,
  SubscriptionBody,
  SubscriptionReply,
  SubscriptionsReply,
} from '../warnings/mail/subscription-schema.ts'
import type { RemediesReply, RemedyImportReply } from '../warnings/remedies/schema.ts'
import type { Rule } from '../warnings/rule.ts'
import type {
  AddressesReply,
  BacktestReply,
  MailReply,
  MailsReply,
  RuleReply,
  RulesReply,
  SilenceReply,
  SilencesReply,
  WarningReply,
  WarningsReply,
} from '../warnings/schema.ts'
import { useAnswer } from './api.ts'
import { address, ask, send } from './http.ts'

export type { Rule } from '../warnings/rule.ts'
export type SeriesAnswer = Type.Static<typeof SeriesReply>
export type SeriesPoint = SeriesAnswer['data'][number]
export type HistoryEntry = Type.Static<typeof HistoryReply>['data'][number]
export type Silence = Type.Static<typeof SilencesReply>['data'][number]
export type Subscription = Type.Static<typeof SubscriptionsReply>['data'][number]
export type Remedy = Type.Static<typeof RemediesReply>['data'][number]
export type Backtest = Type.Static<typeof BacktestReply>['data']
export type StoredRule = Type.Static<typeof RulesReply>['data'][number]
export type RemedyImport = Type.Static<typeof RemedyImportReply>['data']

/** More than any board shows: the rest is counted. */
const wholeList = 1000

/** All warnings of a state, the gravest first. */
export function useWarningList(state: string) {
  return useAnswer<Type.Static<typeof WarningsReply>>(address('/warnings', { state, limit: wholeList }))
}

/** One warning; nothing is asked for an id of 0. */
export function useWarning(id: number) {
  return useAnswer<Type.Static<typeof OneWarningReply>>(address(`/warnings/${id}`), id !== 0)
}

export function seriesAddress(id: number, band: string): string {
  return address(`/warnings/${id}/series`, { band })
}

/** The series behind a warning, replayed with its rule's eyes, with a forecast band. */
export function useSeries(id: number, band: string) {
  return useAnswer<SeriesAnswer>(seriesAddress(id, band))
}

export function useHistory(id: number) {
  return useAnswer<Type.Static<typeof HistoryReply>>(address(`/warnings/${id}/history`))
}

/** Sends a change; what is known of warnings is asked again after it. */
function useChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: () =>
      client.invalidateQueries({
        predicate: ({ queryKey: [url] }) => typeof url === 'string' && url.startsWith('/api/v1/warnings'),
      }),
  })
}

export function useAcknowledge(id: number) {
  return useChange((body: { note: string; owner?: string }) =>
    send<Type.Static<typeof WarningReply>>('POST', address(`/warnings/${id}/acknowledge`), body),
  )
}

export function useRules() {
  return useAnswer<Type.Static<typeof RulesReply>>(address('/warnings/rules'))
}

/** Stores a rule under its id: a new one, or in place of the one that is there. */
export function useSaveRule(isNew: boolean) {
  return useChange((rule: Rule) =>
    isNew
      ? send<Type.Static<typeof RuleReply>>('POST', address('/warnings/rules'), rule)
      : send<Type.Static<typeof RuleReply>>('PUT', address(`/warnings/rules/${rule.id}`), rule),
  )
}

export function useDeleteRule() {
  return useChange((id: string) => ask<void>(address(`/warnings/rules/${id}`), { method: 'DELETE' }))
}

export interface BacktestQuestion {
  rule: Rule
  periods: number
  /** Alerts a period that can be looked after; undefined proposes no threshold. */
  budget: number | undefined
}

/** What a rule would have told in the last periods; stored or not. Null asks nothing. The last answer stays while the next is computed. */
export function useBacktest(question: BacktestQuestion | null) {
  const url = address('/warnings/rules/backtest')
  return useQuery({
    queryKey: ['backtest', question],
    queryFn: () => send<Type.Static<typeof BacktestReply>>('POST', url, question),
    placeholderData: (before) => before,
    enabled: question !== null,
  })
}

export function useSilences() {
  return useAnswer<Type.Static<typeof SilencesReply>>(address('/warnings/silences'))
}

export function useAddSilence() {
  return useChange((body: Pick<Silence, 'matchers' | 'endsAt' | 'note'>) =>
    send<Type.Static<typeof SilenceReply>>('POST', address('/warnings/silences'), body),
  )
}

export function useEndSilence() {
  return useChange((id: number) => ask<void>(address(`/warnings/silences/${id}`), { method: 'DELETE' }))
}

export function useSubscriptions() {
  return useAnswer<Type.Static<typeof SubscriptionsReply>>(address('/warnings/subscriptions'))
}

export function useSubscribe() {
  return useChange((body: SubscriptionBody) =>
    send<Type.Static<typeof SubscriptionsReply>>('PUT', address('/warnings/subscriptions/own'), body),
  )
}

export function useUnsubscribe() {
  return useChange(() => ask<void>(address('/warnings/subscriptions/own'), { method: 'DELETE' }))
}

/** What someone is to be mailed of. */
export type Wanted = SubscriptionBody

/** Enters an address that belongs to no account. */
export function useAddRecipient() {
  return useChange((body: AddressBody) =>
    send<Type.Static<typeof SubscriptionReply>>('POST', address('/warnings/subscriptions'), body),
  )
}

export function useChangeRecipient() {
  return useChange(({ id, wanted }: { id: number; wanted: Wanted }) =>
    send<Type.Static<typeof SubscriptionReply>>('PUT', address(`/warnings/subscriptions/${id}`), wanted),
  )
}

export function useRemoveRecipient() {
  return useChange((id: number) => ask<void>(address(`/warnings/subscriptions/${id}`), { method: 'DELETE' }))
}

/** One's own calendar feed; its address is not known any more. */
export function useCalendarFeed() {
  return useAnswer<Type.Static<typeof FeedReply>>(address('/warnings/calendar-feed'))
}

/** A new address for one's own feed, in place of the one before. */
export function useGiveFeed() {
  return useChange(() =>
    ask<Type.Static<typeof NewFeedReply>>(address('/warnings/calendar-feed'), { method: 'POST' }),
  )
}

export function useDropFeed() {
  return useChange(() => ask<void>(address('/warnings/calendar-feed'), { method: 'DELETE' }))
}

export interface RemedyFilter {
  imposing?: string | undefined
  hs?: string | undefined
  standing?: string | undefined
  endsBefore?: string | undefined
}

export function useRemedies(filter: RemedyFilter) {
  return useAnswer<Type.Static<typeof RemediesReply>>(
    address('/warnings/remedies', { ...filter, limit: wholeList }),
  )
}

/** Reads a list of cases; those of the same source are replaced. */
export function useImportRemedies() {
  return useChange((file: File) => {
    const body = new FormData()
    body.append('file', file)
    return ask<Type.Static<typeof RemedyImportReply>>(address('/warnings/remedies'), { method: 'POST', body })
  })
}

export function useRemoveRemedies() {
  return useChange((source: string) =>
    ask<void>(address('/warnings/remedies', { source }), { method: 'DELETE' }),
  )
}

export function useMailList(state: string | undefined) {
  return useAnswer<Type.Static<typeof MailsReply>>(address('/warnings/mails', { state, limit: 200 }))
}

/** One mail with what was attached to it; null asks nothing. */
export function useMail(id: number | null) {
  return useAnswer<Type.Static<typeof MailReply>>(address(`/warnings/mails/${id}`), id !== null)
}

export type BouncedAddress = Type.Static<typeof AddressesReply>['data'][number]

export function useBouncedAddresses() {
  return useAnswer<Type.Static<typeof AddressesReply>>(address('/warnings/addresses'))
}

/** Lets an address that bounced be written to again. */
export function useForgive() {
  return useChange((mail: string) =>
    ask<void>(address(`/warnings/addresses/${encodeURIComponent(mail)}`), { method: 'DELETE' }),
  )
}

/** How many warnings a rule has, and how many of them are open. */
export async function warningsOfRule(
  client: QueryClient,
  id: string,
): Promise<{ open: number; all: number }> {
  const states = ['firing', 'pending', 'resolved', 'no-data', 'inactive']
  const lists = await Promise.all(
    states.map((state) => {
      const url = address('/warnings', { state, limit: wholeList })
      return client.fetchQuery({
        queryKey: [url],
        queryFn: ({ signal }) => ask<Type.Static<typeof WarningsReply>>(url, { signal }),
      })
    }),
  )
  const own = lists.flatMap(({ data }) => data).filter(({ rule }) => rule.id === id)
  return { open: own.filter(({ open }) => open).length, all: own.length }
}
