import { Button, Code, Group, Stack, Table, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { notifyProblem } from '../app/notify.tsx'
import { queryClient, reading, useActing, useReading } from '../app/queries.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'

type Desk = Output<EngineContract['desks']>[number]
const HOURS = 24

const renew = (): Promise<void> => queryClient.invalidateQueries({ queryKey: reading('desks', {}).queryKey })

/** For an admin: the registry's desks, a code for a new one, the end of one. */
export function Desks() {
  const { t } = useTranslation('settings')
  const desks = useReading('desks', {})
  return (
    <Panel title={t('desks.title')}>
      <Stack gap="md">
        <Allow />
        <Loaded query={desks}>{(list) => <DeskTable desks={list} />}</Loaded>
      </Stack>
    </Panel>
  )
}

function Allow() {
  const { t } = useTranslation('settings')
  const [name, setName] = useState('')
  const allow = useActing('allow-desk')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        allow.mutate({ name, hours: HOURS }, { onError: notifyProblem })
      }}
    >
      <Group align="end" gap="sm">
        <TextInput
          label={t('desks.name')}
          value={name}
          data-testid="desk-name"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          loading={allow.isPending}
          disabled={name.trim() === ''}
          data-testid="desk-allow"
        >
          {t('desks.allow')}
        </Button>
      </Group>
      {allow.data && (
        <Text role="status" mt="xs" data-testid="desk-code">
          {t('desks.code', { name: allow.data.name })} <Code fz="md">{allow.data.code}</Code>
        </Text>
      )}
    </form>
  )
}

function DeskTable({ desks }: { readonly desks: readonly Desk[] }) {
  const { t } = useTranslation('settings')
  const { instant } = useFormat()
  const [ending, setEnding] = useState<string | null>(null)
  return (
    <Table fz="sm" aria-label={t('desks.title')}>
      <Table.Thead>
        <Table.Tr>
          {(['name', 'enrolled', 'revoked', 'act'] as const).map((column) => (
            <Table.Th key={column}>{t(`desks.column.${column}`)}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {desks.map((desk) => (
          <Table.Tr key={desk.id}>
            <Table.Td>{desk.own ? t('desks.own', { name: desk.name || desk.id }) : desk.name || desk.id}</Table.Td>
            <Table.Td>{instant(desk.enrolledAt)}</Table.Td>
            <Table.Td>{desk.revokedAt && instant(desk.revokedAt)}</Table.Td>
            <Table.Td>
              {!desk.revokedAt && !desk.own && (
                <Button size="compact-sm" variant="default" onClick={() => setEnding(desk.id)}>
                  {t('desks.revoke')}
                </Button>
              )}
              {ending === desk.id && <Revoke desk={desk.id} done={() => setEnding(null)} />}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function Revoke({ desk, done }: { readonly desk: string; readonly done: () => void }) {
  const { t } = useTranslation('settings')
  const [reason, setReason] = useState('')
  const revoke = useActing('revoke-desk')
  const order = (): void =>
    revoke.mutate(
      { desk, reason },
      {
        onError: notifyProblem,
        onSuccess: () => {
          done()
          void renew()
        },
      },
    )
  return (
    <Group align="end" gap="xs" mt="xs">
      <TextInput
        size="xs"
        label={t('desks.reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button size="compact-sm" color="red" disabled={reason.trim() === ''} loading={revoke.isPending} onClick={order}>
        {t('desks.revoke-now')}
      </Button>
    </Group>
  )
}
