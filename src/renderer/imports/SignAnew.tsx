import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../domain/problem.ts'
import { WasAndNow } from './WasAndNow.tsx'

interface Props {
  readonly details: Problem['details']
  readonly busy: boolean
  readonly sign: () => void
  readonly sendBack: () => void
}

/** Facts changed between proposal and signature: what was proposed and what it would do now, to be signed as it is now or sent back. */
export function SignAnew({ details, busy, sign, sendBack }: Props) {
  const { t } = useTranslation('imports')
  const rows = [
    { name: 'toBlack', was: Number(details.reviewedToBlack ?? 0), now: Number(details.toBlack ?? 0) },
    { name: 'leaveBlack', was: Number(details.reviewedLeaveBlack ?? 0), now: Number(details.leaveBlack ?? 0) },
  ]
  return (
    <Alert color="yellow.9" variant="outline" title={t('changed.title')} data-testid="sign-anew">
      <Stack gap="sm">
        <Text size="sm">{t('changed.sign-text')}</Text>
        <WasAndNow rows={rows} />
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
