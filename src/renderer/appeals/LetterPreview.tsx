import { Button, Popover, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '../../contract/engine/appeal.ts'
import { LETTER_LANGUAGES, type LetterLanguage } from '../../domain/letter.ts'
import { useReading } from '../app/queries.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { LetterText } from './LetterText.tsx'

interface Props {
  readonly appeal: string
  readonly draft: Pick<Draft, 'verdict' | 'reasons' | 'note' | 'item' | 'body'>
}

/** What the applicant will read, from the letter's own template, as the officer types. */
export function LetterPreview({ appeal, draft }: Props) {
  const { t } = useTranslation('appeals')
  const [opened, setOpened] = useState(false)
  const [language, setLanguage] = useState<LetterLanguage>('kk')
  const { verdict, reasons, note, item, body } = draft
  const asked = opened && verdict !== null ? { id: appeal, language, verdict, reasons, note, item, body } : null
  const letter = useReading('letter-preview', asked)
  return (
    <Popover position="top-end" width={520} shadow="md" trapFocus opened={opened} onChange={setOpened}>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconMail size={16} aria-hidden />}
          onClick={() => setOpened((was) => !was)}
        >
          {t('letter.button')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('letter.title')}>
        <Stack gap="sm">
          <SegmentedControl
            size="xs"
            aria-label={t('common:language.label')}
            data={LETTER_LANGUAGES.map((value) => ({ value, label: t(`common:language.name.${value}`) }))}
            value={language}
            onChange={(value) => setLanguage(value === 'ru' ? 'ru' : 'kk')}
          />
          <Loaded query={letter}>{({ blocks }) => <LetterText blocks={blocks} language={language} />}</Loaded>
          <Text size="xs" c="dimmed">
            {t('letter.number-later')}
          </Text>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
