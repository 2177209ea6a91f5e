import { Button, Group, Text } from '@mantine/core'
import { IconFileImport, IconListSearch, IconPlayerTrackNext, IconSignature } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Officer } from '../../domain/officer.ts'
import { useNextAppeal } from '../app/nextAppeal.ts'
import { useReading } from '../app/queries.ts'
import { useFilling } from '../app/session.ts'
import { KeyCap } from '../ui/KeyCap.tsx'
import classes from './Hero.module.css'

/** The one button that this officer needs most; it has the focus, so Enter is enough. */
export function Hero({ officer }: { readonly officer: Officer }) {
  const { t } = useTranslation('work')
  const navigate = useNavigate()
  const next = useNextAppeal()
  const filling = useFilling()
  const counts = useReading('appeal-counts', {})
  const open = counts.data?.open
  const toSign = useReading('to-sign', {}).data?.length
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
  const counted = (count: number | undefined, words: (count: number) => string): string => {
    if (filling !== 'filled') return t(filling === 'coming' ? 'hero.filling' : 'common:filling.waits')
    return count === undefined ? '' : words(count)
  }
  const sentence = {
    import: t('hero.import'),
    next: counted(open, (count) => t('hero.next', { count })),
    sign: counted(toSign, (count) => t('hero.sign', { count })),
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
        <Text c="dimmed" mih="1lh">
          {sentence[kind]}
        </Text>
      </div>
      <span className={classes.hint}>
        <KeyCap press="Enter" />
      </span>
    </Group>
  )
}
