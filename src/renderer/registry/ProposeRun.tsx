import { Alert, Button, Group, Modal, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GridFilter } from '../../contract/gridFilter.ts'
import { useJob } from '../app/jobs.ts'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { useActing, useReading } from '../app/queries.ts'
import { useOfficer } from '../app/session.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { DateField } from '../ui/DateField.tsx'
import { DialogActs } from '../ui/DialogActs.tsx'
import { JobProgress } from '../ui/JobProgress.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { useFilterWords } from './AskedPart.tsx'
import { Amnesty, HeldBack } from './HeldBack.tsx'
import { RunTiles } from './RunTiles.tsx'

interface Props {
  /** Only what this filter of the grey list lets through. */
  readonly where?: (GridFilter & { readonly list: 'grey' }) | undefined
  readonly close: () => void
  /** A run was made; null when there was nothing to block. */
  readonly proposed: (run: string | null) => void
}

/** What a run up to a day would block, whom it leaves alone, and the proposal. */
export function ProposeRun({ where, close, proposed }: Props) {
  const { t } = useTranslation(['registry', 'common', 'term'])
  const { number } = useFormat()
  const officer = useOfficer()
  const [id] = useState(() => crypto.randomUUID())
  const [until, setUntil] = useState<string | null>(null)
  const [most, setMost] = useState<number | null>(null)
  const [prefix, setPrefix] = useState<string | null>(null)
  const inWords = useFilterWords()
  const part = useMemo(() => ({ most, prefix, where: where ?? null }), [most, prefix, where])
  // judging what is due again at each digit typed would keep the engine busy
  const [previewed] = useDebouncedValue(part, 300)
  const preview = useReading('blockrun-preview', { until, ...previewed, job: id })
  const job = useJob(id)
  const propose = useActing('blockrun-propose')
  const send = (): void =>
    propose.mutate(
      { until, ...part },
      {
        onSuccess: ({ run, state, toBlack }) => {
          notifyDone(
            run === null
              ? t('run.nothing')
              : t(state === 'queued' ? 'run.queued' : 'run.proposed', { count: toBlack, imeis: number(toBlack) }),
          )
          proposed(state === 'queued' ? null : run)
        },
        onError: notifyProblem,
      },
    )
  return (
    <Modal
      opened
      onClose={close}
      title={t('run.propose')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="md">
        <Text>{t('run.means')}</Text>
        {where && (
          <Text data-testid="run-where">
            <strong>{t('run.only-matching')}</strong> {inWords(where).join('; ') || t('run.all-grey')}
          </Text>
        )}
        <Group align="end">
          <NumberInput
            label={t('run.most')}
            placeholder={t('run.whole')}
            value={most ?? ''}
            min={1}
            allowDecimal={false}
            allowNegative={false}
            hideControls
            onChange={(value) => setMost(Number(value) >= 1 ? Number(value) : null)}
            data-testid="run-most"
            w={200}
          />
          {!where && (
            <TextInput
              label={t('prefix')}
              placeholder={t('any')}
              value={prefix ?? ''}
              maxLength={14}
              inputMode="numeric"
              onChange={({ currentTarget }) => setPrefix(currentTarget.value.replace(/\D/g, '') || null)}
              data-testid="run-prefix"
              w={220}
            />
          )}
        </Group>
        {preview.isFetching && job?.state === 'running' && <JobProgress job={job} />}
        <Loaded query={preview}>
          {(found) => (
            <Stack gap="md">
              <DateField
                label={t('run.until')}
                value={until ?? found.until}
                onChange={(day) => setUntil(day)}
                w={200}
              />
              <RunTiles run={found} />
              <HeldBack heldBy={found.heldBy} />
              <Amnesty until={found.amnestyUntil} />
              {found.beyondCap > 0 && (
                <Alert color="yellow.9" variant="outline">
                  {t('run.beyond-cap', {
                    cap: number(found.cap),
                    count: found.beyondCap,
                    imeis: number(found.beyondCap),
                  })}
                </Alert>
              )}
            </Stack>
          )}
        </Loaded>
        <Text size="sm" c="dimmed">
          {t(officer?.role === 'approver' ? 'run.yours-is-first' : 'run.two-approvers')}
        </Text>
        <DialogActs close={close}>
          <Button
            onClick={send}
            loading={propose.isPending}
            disabled={
              previewed !== part ||
              preview.isFetching ||
              !preview.data ||
              preview.data.toBlack === 0 ||
              preview.data.amnestyUntil !== null
            }
            data-testid="run-propose-confirm"
          >
            {t('run.propose')}
          </Button>
        </DialogActs>
      </Stack>
    </Modal>
  )
}
