import { Button, Popover, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import i18next from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReasonCode, Verdict } from '../../domain/appeal.ts'
import classes from './LetterPreview.module.css'

interface Props {
  readonly appeal: string
  readonly verdict: Verdict
  readonly reasons: readonly ReasonCode[]
  readonly note: string
}

/** Every notice goes out in Kazakh and Russian. */
const LETTER_LANGUAGES = ['kk', 'ru'] as const

/** What the applicant will read: each reason with its clause and remedy, then the officer's words. */
export function LetterPreview({ appeal, verdict, reasons, note }: Props) {
  const { t } = useTranslation('appeals')
  const [language, setLanguage] = useState<string>('kk')
  const words = i18next.getFixedT(language, ['appeals', 'reason'])
  return (
    <Popover position="top-end" width={460} shadow="md" trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconMail size={16} aria-hidden />}>
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
            onChange={setLanguage}
          />
          <div lang={language} className={classes.letter}>
            <Text fw={600}>{words(`letter.head.${verdict}`, { appeal })}</Text>
            <ol>
              {reasons.map((code) => (
                <li key={code}>
                  {`${words(`reason:${code}.text`)} (${words(`reason:${code}.clause`)}). ${words(`reason:${code}.remedy`)}`}
                </li>
              ))}
            </ol>
            {note && <Text size="sm">{note}</Text>}
          </div>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
