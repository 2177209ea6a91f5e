import { Button, Stack, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { notifyProblem } from '../app/notify.tsx'
import { useOfficerName } from '../app/officerNames.ts'
import { useActing, useReading } from '../app/queries.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import classes from './Outbox.module.css'

type Item = Output<EngineContract['outbox']>[number]

/** Acts on their way to the registry; the refused ones first, with the reason. */
export function Outbox() {
  const { t } = useTranslation('settings')
  const outbox = useReading('outbox', {})
  return (
    <section id="outbox">
      <Panel title={t('outbox.title')} flush>
        <Loaded query={outbox}>
          {(items) => {
            const refused = items.filter(({ state }) => state === 'refused')
            // as they leave: the first that was given goes first
            const others = items.filter(({ state }) => state !== 'refused' && state !== 'done').toReversed()
            if (refused.length + others.length === 0) return <EmptyState sentence={t('outbox.empty')} />
            return (
              <Stack gap={0}>
                {refused.map((item) => (
                  <Refused key={item.id} item={item} />
                ))}
                {others.length > 0 && <Waiting items={others} />}
              </Stack>
            )
          }}
        </Loaded>
      </Panel>
    </section>
  )
}

function Refused({ item }: { readonly item: Item }) {
  const { t } = useTranslation('settings')
  const { instant } = useFormat()
  const nameOf = useOfficerName()
  const dismiss = useActing('dismiss-refused')
  return (
    <div className={classes.refused} data-refused={item.kind}>
      <Text fw={600}>
        {t('outbox.refused', {
          act: t(`outbox.kind.${item.kind}`, { defaultValue: item.kind }),
          subject: item.subject,
        })}
      </Text>
      <Text size="sm" c="dimmed">
        {`${instant(item.at)} · ${nameOf(item.officer)}`}
      </Text>
      {item.problem && <ProblemCard problem={item.problem} />}
      {item.kind.endsWith('-appeal') && (
        <Link to="/appeals/$id" params={{ id: item.subject }}>
          {item.subject}
        </Link>
      )}
      <Button
        variant="default"
        size="compact-sm"
        className={classes.dismiss}
        onClick={() => dismiss.mutate({ id: item.id }, { onError: notifyProblem })}
      >
        {t('outbox.dismiss')}
      </Button>
    </div>
  )
}

function Waiting({ items }: { readonly items: readonly Item[] }) {
  const { t } = useTranslation('settings')
  const { instant, number } = useFormat()
  const nameOf = useOfficerName()
  return (
    <Table fz="sm" aria-label={t('outbox.title')}>
      <Table.Thead>
        <Table.Tr>
          {(['order', 'act', 'subject', 'officer', 'at', 'state'] as const).map((column) => (
            <Table.Th key={column}>{t(`outbox.column.${column}`)}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((item, i) => (
          <Table.Tr key={item.id} data-waiting={item.kind}>
            <Table.Td>{number(i + 1)}</Table.Td>
            <Table.Td>{t(`outbox.kind.${item.kind}`, { defaultValue: item.kind })}</Table.Td>
            <Table.Td>{item.subject}</Table.Td>
            <Table.Td>{nameOf(item.officer)}</Table.Td>
            <Table.Td>{instant(item.at)}</Table.Td>
            <Table.Td>{t(`outbox.state.${item.state}`)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
