import { ActionIcon, Button, Group, Modal, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { IconCopy, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GridFilter } from '../../contract/gridFilter.ts'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { useActing, useReading } from '../app/queries.ts'
import { DialogActs } from '../ui/DialogActs.tsx'

interface Props {
  readonly filter: GridFilter
  readonly show: (filter: GridFilter) => void
}

/** Filters under names: shown again, saved, passed on to a colleague as text, taken over from one. */
export function SavedViews({ filter, show }: Props) {
  const { t } = useTranslation(['registry', 'common'])
  const views = useReading('saved-views', {})
  const drop = useActing('drop-view')
  const [dialog, setDialog] = useState<'save' | 'take' | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const view = views.data?.find(({ id }) => id === chosen) ?? null
  return (
    <Group align="end" gap="xs">
      <Select
        label={t('view.label')}
        data={(views.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={view?.id ?? null}
        placeholder={t(views.data?.length === 0 ? 'view.none' : 'view.choose')}
        clearable
        clearButtonProps={{ 'aria-label': t('view.choose') }}
        onChange={(id) => {
          setChosen(id)
          const found = views.data?.find((one) => one.id === id)
          if (found) show(found.filter)
        }}
        data-testid="views"
        size="xs"
        w={200}
      />
      {view && (
        <>
          <ActionIcon
            size={30}
            variant="default"
            aria-label={t('view.copy')}
            title={t('view.copy')}
            onClick={() =>
              void navigator.clipboard
                .writeText(view.code)
                .then(() => notifyDone(t('view.copied')))
                .catch(notifyProblem)
            }
          >
            <IconCopy size={18} aria-hidden />
          </ActionIcon>
          <ActionIcon
            size={30}
            variant="default"
            aria-label={t('view.drop')}
            title={t('view.drop')}
            onClick={() => drop.mutate({ id: view.id }, { onError: notifyProblem })}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        </>
      )}
      <Button size="xs" variant="default" onClick={() => setDialog('save')} data-testid="view-save">
        {t('view.save')}
      </Button>
      <Button size="xs" variant="default" onClick={() => setDialog('take')}>
        {t('view.take')}
      </Button>
      {dialog === 'save' && <SaveView filter={filter} close={() => setDialog(null)} saved={setChosen} />}
      {dialog === 'take' && <TakeView close={() => setDialog(null)} />}
    </Group>
  )
}

interface SaveProps {
  readonly filter: GridFilter
  readonly close: () => void
  readonly saved: (id: string) => void
}

function SaveView({ filter, close, saved }: SaveProps) {
  const { t } = useTranslation(['registry', 'common'])
  const save = useActing('save-view')
  const [name, setName] = useState('')
  return (
    <Modal opened onClose={close} title={t('view.save')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate(
            { name: name.trim(), filter },
            {
              onSuccess: ({ id }) => {
                saved(id)
                close()
              },
              onError: notifyProblem,
            },
          )
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('view.name')}
            value={name}
            maxLength={100}
            required
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <Text size="sm" c="dimmed">
            {t('view.replaces')}
          </Text>
          <DialogActs close={close}>
            <Button
              type="submit"
              loading={save.isPending}
              disabled={name.trim() === ''}
              data-testid="view-save-confirm"
            >
              {t('view.save')}
            </Button>
          </DialogActs>
        </Stack>
      </form>
    </Modal>
  )
}

function TakeView({ close }: { readonly close: () => void }) {
  const { t } = useTranslation(['registry', 'common'])
  const take = useActing('take-view')
  const [code, setCode] = useState('')
  const send = (): void =>
    take.mutate(
      { code },
      {
        onSuccess: ({ name }) => {
          notifyDone(t('view.taken', { name }))
          close()
        },
        onError: notifyProblem,
      },
    )
  return (
    <Modal opened onClose={close} title={t('view.take')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <Stack gap="md">
        <Textarea
          label={t('view.code')}
          autosize
          minRows={3}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          data-autofocus
        />
        <DialogActs close={close}>
          <Button onClick={send} loading={take.isPending} disabled={code.trim() === ''}>
            {t('view.take')}
          </Button>
        </DialogActs>
      </Stack>
    </Modal>
  )
}
