import { Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { GridFilter } from '../../contract/gridFilter.ts'
import { useFilterWords } from './AskedPart.tsx'
import { DueNotices } from './DueNotices.tsx'
import { IssueNotices } from './IssueNotices.tsx'

interface Props {
  readonly where: GridFilter & { readonly list: 'grey' }
  readonly close: () => void
}

/** Warnings due to the holders of everything a filter of the grey list lets through, and their list for an operator. */
export function WarnMatching({ where, close }: Props) {
  const { t } = useTranslation(['registry', 'common'])
  const inWords = useFilterWords()
  return (
    <Modal
      opened
      onClose={close}
      title={t('notice.matching')}
      size="xl"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="md">
        <Text data-testid="warn-where">
          <strong>{t('run.only-matching')}</strong> {inWords(where).join('; ') || t('run.all-grey')}
        </Text>
        <IssueNotices where={where} issued={close} />
        <DueNotices where={where} />
      </Stack>
    </Modal>
  )
}
