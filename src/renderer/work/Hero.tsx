import { Button, Group, Text } from '@mantine/core'
import { IconFileImport, IconListSearch, IconPlayerTrackNext, IconSignature } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Officer } from '../../domain/officer.ts'
import { useNextAppeal } from '../app/nextAppeal.ts'
import { useReading } from '../app/queries.ts'
import { KeyCap } from '../ui/KeyCap.tsx'
import classes from './Hero.module.css'

/** The one button that this officer needs most; it has the focus, so Enter is enough. */
export function Hero({ officer }: { readonly officer: Officer }) {
  const { t } = useTranslation('work')
  const navigate = useNavigate()
  const next = useNextAppeal()
  const counts = useReading('appeal-counts', {})
  const open = counts.data?.open ?? 0
  const toSign = useReading('to-sign', {}).data?.length ?? 0
  const kind =
    officer.role === 'importer'
      ? 'import'
      : officer.role === 'reviewer'
        ? 'next'
        : officer.role === 'approver'
          ? 'sign'
          : 'lookup'
  const run = {
    import: () => void navigate({ to: '/imports', search: { pick: true } }),
    next: () => void next.start(),
    sign: () => void next.start(),
    lookup: () => void navigate({ to: '/lookup' }),
  }
  const Icon = { import: IconFileImport, next: IconPlayerTrackNext, sign: IconSignature, lookup: IconListSearch }[kind]
  const sentence = {
    import: t('hero.import'),
    next: t('hero.next', { count: open }),
    sign: t('hero.sign', { count: toSign }),
    lookup: t('hero.lookup'),
  }
  return (
    <Group className={classes.hero} gap="lg" wrap="nowrap">
      <Button
        size="lg"
        autoFocus
        loading={next.busy}
        leftSection={<Icon size={22} aria-hidden />}
        onClick={run[kind]}
        data-testid="default-action"
      >
        {t(`hero.button.${kind}`)}
      </Button>
      <div>
        <Text fz="lg" fw={600}>
          {t('hello', { name: officer.name })}
        </Text>
        <Text c="dimmed">{sentence[kind]}</Text>
      </div>
      <span className={classes.hint}>
        <KeyCap press="Enter" />
      </span>
    </Group>
  )
}
