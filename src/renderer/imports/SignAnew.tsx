import { Alert, Button, Group, Stack, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../domain/problem.ts'
import { useFormat } from '../i18n/useFormat.ts'

interface Props {
  readonly details: Problem['details']
  readonly busy: boolean
  readonly sign: () => void
  readonly sendBack: () => void
}

/** Facts changed between proposal and signature: what was proposed and what it would do now, to be signed as it is now or sent back. */
export function SignAnew({ details, busy, sign, sendBack }: Props) {
  const { t } = useTranslation('imports')
  const { number } = useFormat()
  const rows = [
    { name: 'toBlack', was: details.reviewedToBlack, now: details.toBlack },
    { name: 'leaveBlack', was: details.reviewedLeaveBlack, now: details.leaveBlack },
  ] as const
  return (
    <Alert color="yellow.9" variant="outline" title={t('changed.title')} data-testid="sign-anew">
      <Stack gap="sm">
        <Text size="sm">{t('changed.sign-text')}</Text>
        <Table aria-label={t('changed.counts')} maw={520}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('effect.label')}</Table.Th>
              <Table.Th ta="right">{t('changed.was')}</Table.Th>
              <Table.Th ta="right">{t('changed.now')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ name, was, now }) => (
              <Table.Tr key={name}>
                <Table.Td>{t(`effect.${name}`)}</Table.Td>
                <Table.Td ta="right">{number(Number(was ?? 0))}</Table.Td>
                <Table.Td ta="right">{number(Number(now ?? 0))}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Group>
          <Button onClick={sign} loading={busy}>
            {t('changed.sign')}
          </Button>
          <Button variant="default" onClick={sendBack} disabled={busy}>
            {t('send-back')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  )
}
