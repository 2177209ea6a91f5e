import { ActionIcon, Button, Checkbox, Group, Popover, Select, TextInput } from '@mantine/core'
import { IconBookmarkPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueueFilter, QueueView as SavedView } from '../../contract/engine/appeal.ts'
import { ROUTES } from '../../domain/appeal.ts'
import { useActing, useReading } from '../app/queries.ts'

interface Props {
  readonly filter: QueueFilter
  readonly change: (filter: QueueFilter) => void
  /** The view now on screen, to be kept under a name. */
  readonly present: Omit<SavedView, 'name'>
  readonly apply: (view: SavedView) => void
}

export const NO_FILTER: QueueFilter = { route: null, officer: null, complaint: false, text: '' }
export const isFiltered = (f: QueueFilter): boolean =>
  f.route !== null || f.officer !== null || f.complaint || f.text.trim() !== ''

/** Narrows the queue, and keeps what an officer looks for again and again under a name. */
export function QueueFilters({ filter, change, present, apply }: Props) {
  const { t } = useTranslation(['appeals', 'term'])
  const officers = useReading('officers', {}).data ?? []
  const views = useReading('queue-views', {}).data ?? []
  const save = useActing('save-queue-views')
  const [name, setName] = useState('')
  const keep = (next: readonly SavedView[]): void => save.mutate({ views: [...next] })
  return (
    <Group gap="xs">
      <TextInput
        size="xs"
        type="search"
        w={220}
        aria-label={t('filter.text')}
        placeholder={t('filter.text')}
        value={filter.text}
        onChange={(event) => change({ ...filter, text: event.currentTarget.value })}
      />
      <Select
        size="xs"
        aria-label={t('column.route')}
        placeholder={t('column.route')}
        data={ROUTES.map((value) => ({ value, label: t(`term:route.${value}`) }))}
        value={filter.route}
        onChange={(route) => change({ ...filter, route: ROUTES.find((r) => r === route) ?? null })}
        clearable
        clearButtonProps={{ 'aria-label': t('filter.clear') }}
      />
      <Select
        size="xs"
        aria-label={t('column.claimedBy')}
        placeholder={t('column.claimedBy')}
        data={officers.map(({ id, name: label }) => ({ value: id, label }))}
        value={filter.officer}
        onChange={(officer) => change({ ...filter, officer })}
        clearable
        clearButtonProps={{ 'aria-label': t('filter.clear') }}
      />
      <Checkbox
        size="xs"
        label={t('filter.complaint')}
        checked={filter.complaint}
        onChange={(event) => change({ ...filter, complaint: event.currentTarget.checked })}
      />
      {views.map((view) => (
        <Group key={view.name} gap={2} wrap="nowrap">
          <Button size="compact-xs" variant="light" onClick={() => apply(view)}>
            {view.name}
          </Button>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={t('filter.forget', { name: view.name })}
            onClick={() => keep(views.filter((v) => v.name !== view.name))}
          >
            <IconTrash size={13} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Popover trapFocus>
        <Popover.Target>
          <Button size="compact-xs" variant="default" leftSection={<IconBookmarkPlus size={14} aria-hidden />}>
            {t('filter.save')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('filter.save')}>
          <form
            onSubmit={(event) => {
              event.preventDefault()
              if (name.trim() === '') return
              keep([...views.filter((v) => v.name !== name.trim()), { ...present, name: name.trim() }])
              setName('')
            }}
          >
            <Group gap="xs" align="flex-end">
              <TextInput
                data-autofocus
                size="xs"
                maxLength={60}
                label={t('filter.name')}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <Button size="xs" type="submit" disabled={name.trim() === ''}>
                {t('filter.keep')}
              </Button>
            </Group>
          </form>
        </Popover.Dropdown>
      </Popover>
    </Group>
  )
}
