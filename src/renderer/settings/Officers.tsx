import { Button, Group, Select, Stack, Table, Text, TextInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Officer, ROLES, type Role } from '../../domain/officer.ts'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { queryClient, reading, useActing, useReading } from '../app/queries.ts'
import { useOfficer } from '../app/session.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'

interface Entry {
  readonly id: string
  readonly name: string
  readonly role: Role | null
}
const NOBODY: Entry = { id: '', name: '', role: null }

/** For an admin: who may sign in and as what; an entry under a known sign-in name changes it. */
export function Officers() {
  const { t } = useTranslation('settings')
  const officers = useReading('officers', {})
  const [entry, setEntry] = useState(NOBODY)
  const nameField = useRef<HTMLInputElement>(null)
  const change = (officer: Officer): void => {
    setEntry(officer)
    nameField.current?.focus()
  }
  return (
    <Panel title={t('officers.title')}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('officers.hint')}
        </Text>
        <OfficerForm entry={entry} setEntry={setEntry} nameField={nameField} />
        <Loaded query={officers}>{(list) => <OfficerTable officers={list} change={change} />}</Loaded>
      </Stack>
    </Panel>
  )
}

interface FormProps {
  readonly entry: Entry
  readonly setEntry: (entry: Entry) => void
  readonly nameField: React.RefObject<HTMLInputElement | null>
}

function OfficerForm({ entry, setEntry, nameField }: FormProps) {
  const { t } = useTranslation(['settings', 'term'])
  const set = useActing('set-officer')
  const { id, name, role } = entry
  const enter = (event: FormEvent): void => {
    event.preventDefault()
    if (role === null) return
    set.mutate(
      { id: id.trim(), name: name.trim(), role },
      {
        onError: notifyProblem,
        onSuccess: ({ officer }) => {
          setEntry(NOBODY)
          notifyDone(t('officers.done', { name: officer.name, role: t(`term:role.${officer.role}`) }))
          void queryClient.invalidateQueries({ queryKey: reading('officers', {}).queryKey })
        },
      },
    )
  }
  return (
    <form onSubmit={enter}>
      <Group align="end" gap="sm">
        <TextInput
          label={t('officers.id')}
          value={id}
          maxLength={100}
          data-testid="officer-id"
          onChange={(event) => setEntry({ ...entry, id: event.currentTarget.value })}
        />
        <TextInput
          ref={nameField}
          label={t('officers.name')}
          value={name}
          maxLength={200}
          miw={280}
          data-testid="officer-name"
          onChange={(event) => setEntry({ ...entry, name: event.currentTarget.value })}
        />
        <Select
          label={t('officers.role')}
          value={role}
          allowDeselect={false}
          data={ROLES.map((value) => ({ value, label: t(`term:role.${value}`) }))}
          data-testid="officer-role"
          onChange={(value) => setEntry({ ...entry, role: ROLES.find((one) => one === value) ?? null })}
        />
        <Button
          type="submit"
          variant="default"
          loading={set.isPending}
          disabled={id.trim() === '' || name.trim() === '' || role === null}
          data-testid="officer-set"
        >
          {t('officers.set')}
        </Button>
      </Group>
    </form>
  )
}

interface TableProps {
  readonly officers: readonly Officer[]
  readonly change: (officer: Officer) => void
}

function OfficerTable({ officers, change }: TableProps) {
  const { t } = useTranslation(['settings', 'term'])
  const own = useOfficer()
  return (
    <Table fz="sm" aria-label={t('officers.title')}>
      <Table.Thead>
        <Table.Tr>
          {(['name', 'id', 'role', 'act'] as const).map((column) => (
            <Table.Th key={column}>{t(`officers.column.${column}`)}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {officers.map((officer) => (
          <Table.Tr key={officer.id} data-entered={officer.id}>
            <Table.Td>{officer.name}</Table.Td>
            <Table.Td>{officer.id}</Table.Td>
            <Table.Td>{t(`term:role.${officer.role}`)}</Table.Td>
            <Table.Td>
              {/* nobody changes himself */}
              {officer.id !== own?.id && (
                <Button size="compact-sm" variant="default" onClick={() => change(officer)}>
                  {t('officers.change')}
                </Button>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
