import {
  Alert,
  Button,
  Checkbox,
  Group,
  Modal,
  ScrollArea,
  SegmentedControl,
  Select,
  Stack,
  Text,
  Textarea,
} from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { REASON_CODES, type ReasonCode } from '../../domain/appeal.ts'
import { problemOf, problemWords } from '../app/problems.ts'
import { useActing } from '../app/queries.ts'
import { useLanguage } from '../i18n/useLanguage.ts'
import type { AppealRow } from '../ui/AppealTable.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'

const VERDICTS = ['reject', 'ask', 'refer'] as const
type Verdict = (typeof VERDICTS)[number]

interface Props {
  readonly rows: readonly AppealRow[]
  /** Most appeals the officer's role decides together. */
  readonly cap: number
  readonly opened: boolean
  readonly close: () => void
}

/** One decision with one reason over the appeals of the list: the list first, each is chosen, none is decided unseen. */
export function DecideManyDialog({ rows, cap, opened, close }: Props) {
  const { t } = useTranslation(['appeals', 'reason', 'term'])
  const language = useLanguage()
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set())
  const [verdict, setVerdict] = useState<Verdict>('ask')
  const [reason, setReason] = useState<ReasonCode | null>(null)
  const [note, setNote] = useState('')
  const decide = useActing('decide-many')
  const chosen = rows.filter(({ id }) => taken.has(id))
  const toggle = (id: string): void =>
    setTaken((was) => new Set(was.has(id) ? [...was].filter((x) => x !== id) : [...was, id]))
  const finish = (): void => {
    decide.reset()
    close()
  }
  return (
    <Modal
      opened={opened}
      onClose={finish}
      size="xl"
      title={t('many.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {decide.data ? (
        <Stack gap="sm">
          <Text role="status" data-testid="many-done">
            {decide.data.pending ? t('many.queued') : t('many.done', { count: decide.data.done.length })}
          </Text>
          {decide.data.refused.map(({ appeal, problem }) => (
            <Text key={appeal} size="sm">
              {`${appeal}: ${problemWords(problem, language).message}`}
            </Text>
          ))}
          <Group justify="flex-end">
            <Button onClick={finish}>{t('common:close')}</Button>
          </Group>
        </Stack>
      ) : (
        <Stack gap="sm">
          <Text size="sm" c="dimmed" data-testid="many-cap">
            {t('many.cap', { count: cap })}
          </Text>
          <Checkbox
            size="xs"
            label={t('many.all')}
            checked={chosen.length === rows.length && rows.length > 0}
            indeterminate={chosen.length > 0 && chosen.length < rows.length}
            onChange={(event) => setTaken(new Set(event.currentTarget.checked ? rows.map(({ id }) => id) : []))}
          />
          <ScrollArea.Autosize mah={280} viewportProps={{ tabIndex: 0, 'aria-label': t('many.list') }}>
            <Stack gap={4}>
              {rows.map((row) => (
                <Checkbox
                  key={row.id}
                  size="xs"
                  checked={taken.has(row.id)}
                  onChange={() => toggle(row.id)}
                  label={[
                    row.id,
                    row.applicant,
                    row.model,
                    row.imeis[0],
                    t(`term:route.${row.route}`),
                    // a final decision is another one than a first
                    row.state === 'received' ? null : t(`term:appealState.${row.state}`),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                />
              ))}
            </Stack>
          </ScrollArea.Autosize>
          <SegmentedControl
            aria-label={t('pane.decision')}
            data={VERDICTS.map((value) => ({ value, label: t(`choose.${value}`) }))}
            value={verdict}
            onChange={(value) => setVerdict(VERDICTS.find((v) => v === value) ?? 'ask')}
          />
          <Select
            label={t('reasons.label')}
            data={REASON_CODES.map((value) => ({ value, label: `${value} ${t(`reason:${value}.short`)}` }))}
            value={reason}
            onChange={(value) => setReason(REASON_CODES.find((code) => code === value) ?? null)}
          />
          <Textarea
            label={t('note.label')}
            rows={2}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Alert color="yellow" variant="light">
            {t('many.sure', { count: chosen.length })}
          </Alert>
          {decide.error !== null && <ProblemCard problem={problemOf(decide.error)} />}
          <Group justify="flex-end">
            <Button
              disabled={chosen.length === 0 || reason === null}
              loading={decide.isPending}
              data-testid="many-submit"
              onClick={() =>
                reason !== null &&
                decide.mutate({
                  appeals: chosen.map(({ id, version }) => ({ id, version })),
                  verdict,
                  reasons: [reason],
                  note,
                })
              }
            >
              {t('many.submit', { count: chosen.length })}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
