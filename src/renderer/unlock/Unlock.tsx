import { Button, Group, PasswordInput, SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isStrong, PASSPHRASE_MIN } from '../../contract/passphraseKey.ts'
import { zLang } from '../../contract/value.ts'
import { problemOf } from '../app/problems.ts'
import { queryClient } from '../app/queries.ts'
import { shell } from '../app/shell.ts'
import { LANGUAGES, switchLanguage } from '../i18n/language.ts'
import { useLanguage } from '../i18n/useLanguage.ts'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Seal } from '../ui/Seal.tsx'
import classes from './Unlock.module.css'

/** Asks for the passphrase that keeps the key of this desk's data; of a new desk for one to be remembered, twice. */
export function Unlock({ isNew }: { readonly isNew: boolean }) {
  const { t } = useTranslation('unlock')
  const language = useLanguage()
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const unlock = useMutation({ mutationFn: () => shell('unlock', { passphrase }) }, queryClient)
  const isWeak = isNew && passphrase !== '' && !isStrong(passphrase)
  const isOther = isNew && again !== '' && again !== passphrase
  const isReady = passphrase !== '' && (!isNew || (isStrong(passphrase) && again === passphrase))
  const speak = (value: string): void => {
    const chosen = zLang.parse(value)
    void switchLanguage(chosen)
    void shell('set-language', { language: chosen })
  }
  return (
    <main className={classes.page}>
      <Group justify="space-between" align="center" mb="lg">
        <Group gap="sm">
          <span className={classes.seal}>
            <Seal size={36} />
          </span>
          <Text fw={700} fz={20}>
            {t('common:product')}
          </Text>
        </Group>
        <SegmentedControl
          aria-label={t('common:language.label')}
          data={LANGUAGES.map((value) => ({ value, label: t(`common:language.name.${value}`) }))}
          value={language}
          onChange={speak}
        />
      </Group>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady) unlock.mutate()
        }}
      >
        <Stack gap="md">
          <Title order={1}>{t(isNew ? 'new.title' : 'known.title')}</Title>
          <Text size="sm">{t(isNew ? 'new.hint' : 'known.hint')}</Text>
          <PasswordInput
            label={t('passphrase')}
            description={isNew ? t('new.rule', { letters: PASSPHRASE_MIN }) : undefined}
            error={isWeak && t('new.rule', { letters: PASSPHRASE_MIN })}
            value={passphrase}
            autoFocus
            autoComplete="off"
            data-testid="passphrase"
            onChange={(event) => setPassphrase(event.currentTarget.value)}
          />
          {isNew && (
            <PasswordInput
              label={t('again')}
              error={isOther && t('other')}
              value={again}
              autoComplete="off"
              data-testid="passphrase-again"
              onChange={(event) => setAgain(event.currentTarget.value)}
            />
          )}
          {unlock.error && <ProblemCard problem={problemOf(unlock.error)} />}
          <Group justify="flex-end">
            <Button
              type="submit"
              disabled={!isReady}
              loading={unlock.isPending || unlock.isSuccess}
              data-testid="unlock"
            >
              {t(isNew ? 'new.do' : 'known.do')}
            </Button>
          </Group>
        </Stack>
      </form>
    </main>
  )
}
