import { Button, Group, Modal, MultiSelect, Select, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppealWhole } from '../../contract/engine/appeal.ts'
import { REASON_CODES, type ReasonCode } from '../../domain/appeal.ts'
import { addDays } from '../../domain/businessDate.ts'
import { problemOf } from '../app/problems.ts'
import { useReading } from '../app/queries.ts'
import { useOfficer } from '../app/session.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { DateField } from '../ui/DateField.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import type { AppealAct } from './ActsMenu.tsx'
import { RevocationEffect } from './RevocationEffect.tsx'
import { useAct } from './useAct.ts'

interface Props {
  readonly appeal: AppealWhole
  readonly act: Exclude<AppealAct, 'letter'> | null
  readonly close: () => void
}

/** Asks for the words of an act, and says what follows from it. */
export function ActDialog({ appeal, act, close }: Props) {
  const { t } = useTranslation('appeals')
  return (
    <Modal
      opened={act !== null}
      onClose={close}
      title={act === null ? '' : t(`act.${act}.title`)}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {act !== null && <ActForm key={act} appeal={appeal} act={act} close={close} />}
    </Modal>
  )
}

function ActForm({ appeal, act, close }: Props & { readonly act: Exclude<AppealAct, 'letter'> }) {
  const { t } = useTranslation(['appeals', 'reason'])
  const { date } = useFormat()
  const [note, setNote] = useState('')
  const [to, setTo] = useState<string | null>(null)
  const [reasons, setReasons] = useState<ReasonCode[]>([])
  const [until, setUntil] = useState<string | null>(act === 'prolong' ? appeal.terms.longest : null)
  const known = useReading('officers', {}).data ?? []
  const me = useOfficer()
  const officers = known.filter(
    ({ role, id }) => role === 'reviewer' && !appeal.notBy?.includes(id) && (act === 'assign' || id !== me?.id),
  )
  const doing = useAct(appeal, act, close)
  const needsNote = act !== 'hand-over' && act !== 'withdraw'
  const ready =
    (!needsNote || note.trim() !== '') &&
    (act !== 'hand-over' || to !== null) &&
    (act !== 'prolong' || until !== null) &&
    (act !== 'revoke-approval' || reasons.length > 0)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) doing.start({ note: note.trim(), to, until, reasons })
      }}
    >
      <Stack gap="sm">
        <Text size="sm">{t(`act.${act}.hint`, { longest: date(appeal.terms.longest) })}</Text>
        {act === 'prolong' && (
          <DateField
            label={t('act.until')}
            minDate={addDays(appeal.dueAt, 1)}
            maxDate={appeal.terms.longest}
            value={until}
            onChange={setUntil}
          />
        )}
        {(act === 'hand-over' || act === 'assign') && (
          <Select
            label={t('act.to')}
            placeholder={act === 'assign' ? t('act.to-queue') : ''}
            data={officers.map(({ id, name }) => ({ value: id, label: name }))}
            value={to}
            onChange={setTo}
            clearable
            clearButtonProps={{ 'aria-label': t('common:close') }}
          />
        )}
        {act === 'revoke-approval' && (
          <>
            <RevocationEffect appeal={appeal} />
            <MultiSelect
              label={t('revocation.reasons')}
              data={REASON_CODES.map((code) => ({ value: code, label: `${code} ${t(`reason:${code}.short`)}` }))}
              value={reasons}
              onChange={(codes) => setReasons(REASON_CODES.filter((code) => codes.includes(code)))}
            />
          </>
        )}
        <Textarea
          data-autofocus
          label={t(`act.${act}.note`)}
          rows={3}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {doing.error !== null && <ProblemCard problem={problemOf(doing.error)} />}
        <Group justify="flex-end">
          <Button type="submit" disabled={!ready} loading={doing.busy} data-testid="act-submit">
            {t(`act.${act}.submit`)}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
