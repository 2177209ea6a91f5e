import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isStrong, PASSPHRASE_MIN } from '../../contract/passphraseKey.ts'
import { notifyDone } from '../app/notify.tsx'
import { problemOf } from '../app/problems.ts'
import { shell } from '../app/shell.ts'
import { Panel } from '../ui/Panel.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'

/** Another passphrase for the data of this desk; only where one keeps their key. */
export function Passphrase() {
  const { t } = useTranslation('settings')
  const about = useQuery({ queryKey: ['about'], queryFn: () => shell('about', {}) })
  const [former, setFormer] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const change = useMutation({
    mutationFn: () => shell('change-passphrase', { former, next }),
    onSuccess: () => {
      setFormer('')
      setNext('')
      setAgain('')
      notifyDone(t('passphrase.changed'))
    },
  })
  if (about.data?.key !== 'passphrase') return null
  const isReady = former !== '' && isStrong(next) && again === next
  const rule = t('unlock:new.rule', { letters: PASSPHRASE_MIN })
  return (
    <Panel title={t('passphrase.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady) change.mutate()
        }}
      >
        <Stack gap="md">
          <Text size="sm">{t('passphrase.hint')}</Text>
          <Group align="start" grow>
            <PasswordInput
              label={t('passphrase.former')}
              value={former}
              autoComplete="off"
              data-testid="passphrase-former"
              onChange={(event) => setFormer(event.currentTarget.value)}
            />
            <PasswordInput
              label={t('passphrase.next')}
              error={next !== '' && !isStrong(next) && rule}
              value={next}
              autoComplete="off"
              data-testid="passphrase-next"
              onChange={(event) => setNext(event.currentTarget.value)}
            />
            <PasswordInput
              label={t('unlock:again')}
              error={again !== '' && again !== next && t('unlock:other')}
              value={again}
              autoComplete="off"
              data-testid="passphrase-again"
              onChange={(event) => setAgain(event.currentTarget.value)}
            />
          </Group>
          {change.error && <ProblemCard problem={problemOf(change.error)} />}
          <Button
            type="submit"
            variant="default"
            disabled={!isReady}
            loading={change.isPending}
            data-testid="passphrase-change"
            style={{ alignSelf: 'flex-start' }}
          >
            {t('passphrase.change')}
          </Button>
        </Stack>
      </form>
    </Panel>
  )
}
