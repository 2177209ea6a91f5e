import { Alert, List } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Inspected } from '../../contract/engine/batch.ts'

/** What is announced about a file, never silently taken or skipped: hidden sheets and rows, merged cells, ragged rows. */
export function Notices({ notices }: { readonly notices: Inspected['notices'] }) {
  const { t } = useTranslation('imports')
  if (notices.length === 0) return null
  return (
    <Alert color="yellow.9" variant="outline" title={t('notices')}>
      <List size="sm">
        {notices.map(({ code, details }) => (
          <List.Item key={`${code}${JSON.stringify(details)}`}>
            {t(`notice.${code}`, { ...details, defaultValue: code })}
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}
