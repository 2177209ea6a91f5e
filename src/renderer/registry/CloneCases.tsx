import { Button, Group, Modal, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CLONE_STATES } from '../../domain/cloneCase.ts'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { useActing } from '../app/queries.ts'
import { useMay } from '../app/session.ts'
import { usePages } from '../app/usePages.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { DialogActs } from '../ui/DialogActs.tsx'
import { PagedTable } from '../ui/PagedTable.tsx'
import { CloneCase } from './CloneCase.tsx'

const PAGE = 200
const COLUMNS = ['no', 'imei', 'state', 'grounds', 'holders', 'opened'] as const
type Shown = (typeof CLONE_STATES)[number] | 'all'

/** Suspected clones as cases: nothing is black before two approvers have signed who the genuine holder is. */
export function CloneCases({ open }: { readonly open: string | null }) {
  const { t } = useTranslation(['registry', 'common'])
  const { number, shortDate } = useFormat()
  const navigate = useNavigate()
  const mayOpen = useMay('clone-propose')
  const [show, setShow] = useState<Shown>('all')
  const [opening, setOpening] = useState(false)
  const pages = usePages(
    'clone-cases',
    (before: number | null) => ({ state: show === 'all' ? null : show, before, limit: PAGE }),
    (rows) => (rows.length < PAGE ? null : (rows.at(-1)?.no ?? null)),
    [show],
  )
  if (open !== null)
    return <CloneCase name={open} back={() => void navigate({ to: '/registry', search: { show: 'clones' } })} />
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="end">
        <SegmentedControl
          aria-label={t('clone.state')}
          data={(['all', ...CLONE_STATES] as const).map((value) => ({ value, label: t(`clone.states.${value}`) }))}
          value={show}
          onChange={(value) => setShow(value as Shown)}
        />
        {mayOpen && (
          <Button variant="default" onClick={() => setOpening(true)}>
            {t('clone.open')}
          </Button>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {t('clone.means')}
      </Text>
      <PagedTable
        title={t('clone.cases')}
        columns={COLUMNS.map((name) => ({ name, label: t(`clone.column.${name}`), right: name === 'holders' }))}
        pages={pages}
        rows={pages.all.flat()}
        keyOf={({ no }) => no}
        empty={t('clone.none')}
        cell={(row, column) => {
          switch (column) {
            case 'no':
              return (
                <Link to="/registry" search={{ clone: row.case }} data-clone={row.state}>
                  {t('clone.title', { no: number(row.no) })}
                </Link>
              )
            case 'imei':
              return (
                <Link to="/lookup" search={{ imei: row.imei14 }} className="tamga-imei">
                  {row.imei14}
                </Link>
              )
            case 'state':
              return t(`clone.states.${row.state}`)
            case 'grounds':
              return row.grounds
                .map(({ kind, figure }) => t(`clone.ground.${kind}`, { figure: number(figure) }))
                .join('; ')
            case 'holders':
              return number(row.holders)
            default:
              return shortDate(row.openedAt.slice(0, 10))
          }
        }}
      />
      {opening && <OpenCase close={() => setOpening(false)} />}
    </Stack>
  )
}

function OpenCase({ close }: { readonly close: () => void }) {
  const { t } = useTranslation(['registry', 'common'])
  const open = useActing('open-clone-case')
  const [imei, setImei] = useState('')
  const [note, setNote] = useState('')
  const send = (): void =>
    open.mutate(
      { imei, note: note.trim() },
      {
        onSuccess: () => {
          notifyDone(t('clone.opened'))
          close()
        },
        onError: notifyProblem,
      },
    )
  return (
    <Modal opened onClose={close} title={t('clone.open')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <Stack gap="md">
        <TextInput
          label={t('clone.imei')}
          value={imei}
          inputMode="numeric"
          onChange={(event) => setImei(event.currentTarget.value.replace(/\D/g, '').slice(0, 16))}
          data-autofocus
        />
        <Textarea
          label={t('run.note')}
          autosize
          minRows={2}
          maxLength={4000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <DialogActs close={close}>
          <Button onClick={send} loading={open.isPending} disabled={imei.length < 14}>
            {t('clone.open')}
          </Button>
        </DialogActs>
      </Stack>
    </Modal>
  )
}
