import { Button, Checkbox, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { IconDeviceFloppy, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { useActing, useReading } from '../app/queries.ts'
import { useOfficer } from '../app/session.ts'
import { DialogActs } from '../ui/DialogActs.tsx'
import { askedOf, type Question, questionOf } from './question.ts'

interface Props {
  readonly question: Question
  readonly open: (question: Question) => void
}

/** Reports kept on this desk and those shared with all desks: open one, keep this one, share it, take it back. */
export function SavedReports({ question, open }: Props) {
  const { t } = useTranslation(['reports', 'common'])
  const officer = useOfficer()
  const [chosen, setChosen] = useState<string | null>(null)
  const [naming, setNaming] = useState(false)
  const saved = useReading('saved-reports', {}).data ?? []
  const drop = useActing('drop-report')
  const one = saved.find(({ id }) => id === chosen)
  const group = (shared: boolean) => ({
    group: t(shared ? 'saved.shared' : 'saved.own'),
    items: saved.filter((s) => s.shared === shared).map(({ id, name }) => ({ value: id, label: name })),
  })
  return (
    <Group gap="sm" align="end">
      <Select
        label={t('saved.title')}
        placeholder={t(saved.length === 0 ? 'saved.none' : 'saved.choose')}
        disabled={saved.length === 0}
        data={[group(true), group(false)].filter(({ items }) => items.length > 0)}
        value={chosen}
        onChange={(id) => {
          setChosen(id)
          const found = saved.find((s) => s.id === id)
          if (found) open(questionOf(found.query))
        }}
        w={260}
        clearable
        data-testid="saved-reports"
      />
      <Button
        variant="default"
        leftSection={<IconDeviceFloppy size={18} aria-hidden />}
        onClick={() => setNaming(true)}
        data-testid="save-report"
      >
        {t('saved.save')}
      </Button>
      {one && (one.by === officer?.id || !one.shared) && (
        <Button
          variant="default"
          leftSection={<IconTrash size={18} aria-hidden />}
          loading={drop.isPending}
          onClick={() =>
            drop.mutate(
              { id: one.id },
              {
                onSuccess: () => {
                  setChosen(null)
                  notifyDone(t('saved.dropped', { name: one.name }))
                },
                onError: notifyProblem,
              },
            )
          }
        >
          {t('saved.drop')}
        </Button>
      )}
      <SaveDialog question={question} opened={naming} close={() => setNaming(false)} />
    </Group>
  )
}

function SaveDialog({
  question,
  opened,
  close,
}: {
  readonly question: Question
  readonly opened: boolean
  readonly close: () => void
}) {
  const { t } = useTranslation(['reports', 'common'])
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const save = useActing('save-report')
  const submit = (): void => {
    const { asOfSeq: _, ...query } = askedOf(question)
    save.mutate(
      { name, query, shared },
      {
        onSuccess: ({ state }) => {
          notifyDone(t(`saved.${state}`, { name }))
          setName('')
          close()
        },
        onError: notifyProblem,
      },
    )
  }
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('saved.save')}
      centered
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '') submit()
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('saved.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={100}
            required
            data-autofocus
          />
          <Checkbox
            label={t('saved.share')}
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
          <DialogActs close={close}>
            <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
              {t('saved.save')}
            </Button>
          </DialogActs>
        </Stack>
      </form>
    </Modal>
  )
}
