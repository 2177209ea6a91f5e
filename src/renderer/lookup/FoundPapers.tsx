import { Alert, Group, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Found } from '../../contract/engine/lookup.ts'
import { useReading } from '../app/queries.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'
import { DeclarationLedger } from './DeclarationLedger.tsx'
import { DeclaredTable } from './DeclaredTable.tsx'

type Named = Extract<Found, { kind: 'declaration' | 'identity' }>

/** What a declaration number, an IIN or BIN, or the number of an appeal leads to. */
export function FoundPapers({ text }: { readonly text: string }) {
  const { t } = useTranslation(['lookup', 'check'])
  const found = useReading('find', { text })
  return (
    <Loaded query={found}>
      {(answer) => {
        switch (answer.kind) {
          case 'appeal':
            return answer.known ? (
              <Panel title={t('found.appeal')}>
                <Link to="/appeals/$id" params={{ id: answer.id }} data-testid="found-appeal">
                  {answer.id}
                </Link>
              </Panel>
            ) : (
              <EmptyState sentence={t('found.no-appeal', { id: answer.id })} />
            )
          case 'identity':
            return (
              <Stack gap="lg" data-testid="found-identity">
                <Text size="lg" fw={600}>
                  {t(answer.is === null ? 'found.number' : `found.${answer.is}`)}{' '}
                  <span className="tamga-imei">{answer.digits}</span>
                </Text>
                {answer.fault !== null && (
                  <Alert color="yellow.9" variant="outline">
                    {t('found.impossible')}
                  </Alert>
                )}
                <DeclaredTable title={t('found.declared')} rows={answer.declared} more={answer.more} withNumber />
                <AppealLinks appeals={answer.appeals} empty={t('found.no-appeals-of-person')} />
              </Stack>
            )
          case 'declaration':
            return (
              <Stack gap="lg" data-testid="found-declaration">
                <Text size="lg" fw={600}>
                  {t('found.declaration')}{' '}
                  <span className="tamga-imei">{[answer.number, answer.line].filter(Boolean).join('/')}</span>
                </Text>
                <DeclaredTable title={t('found.lines')} rows={answer.lines} more={answer.more} />
                {answer.lines.length > 0 && <DeclarationLedger declaration={answer.number} />}
                <AppealLinks appeals={answer.appeals} empty={t('found.no-appeals-of-declaration')} />
              </Stack>
            )
          default:
            return <EmptyState sentence={t('empty')} />
        }
      }}
    </Loaded>
  )
}

function AppealLinks({ appeals, empty }: { readonly appeals: Named['appeals']; readonly empty: string }) {
  const { t } = useTranslation(['lookup', 'term'])
  const { instant } = useFormat()
  return (
    <Panel title={t('appeals')}>
      {appeals.length === 0 && <Text c="dimmed">{empty}</Text>}
      {appeals.map(({ id, state, receivedAt, imeis }) => (
        <Group key={id} gap="md">
          <Link to="/appeals/$id" params={{ id }}>
            {id}
          </Link>
          <Text size="sm">{t(`term:appealState.${state}`)}</Text>
          <Text size="sm" c="dimmed">
            {instant(receivedAt)}
          </Text>
          <Text size="sm" className="tamga-imei">
            {imeis.join(', ')}
          </Text>
        </Group>
      ))}
    </Panel>
  )
}
