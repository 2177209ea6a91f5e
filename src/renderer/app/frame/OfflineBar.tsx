import { Button } from '@mantine/core'
import { IconCloudOff, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Status } from '../../../contract/engine/session.ts'
import { problemText } from '../../../contract/problemText.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { useLanguage } from '../../i18n/useLanguage.ts'
import { useNow } from '../../i18n/useNow.ts'
import { notifyProblem } from '../notify.tsx'
import { useActing } from '../queries.ts'
import classes from './OfflineBar.module.css'

/** Amber, while the registry cannot be reached: what still works, how old the facts are, what waits. */
export function OfflineBar({ status }: { readonly status: Status }) {
  const { t } = useTranslation('common')
  const { age } = useFormat()
  const now = useNow(30)
  const sync = useActing('sync')
  const language = useLanguage()
  if (status.online || status.link === 'connecting') return null
  const why = status.problem && problemText(status.problem, language).message
  return (
    <div className={classes.bar} role="status">
      <IconCloudOff size={18} aria-hidden />
      <strong>{t(status.readOnly ? 'offline.read-only' : 'offline.title')}</strong>
      <span className={classes.words}>
        {status.link === 'refused' && why ? why : t(status.readOnly ? 'offline.reads' : 'offline.works')}{' '}
        {status.lastSync && t('offline.as-of', { age: age(status.lastSync, now) })}{' '}
        {status.pending > 0 && t('offline.waiting', { count: status.pending })}
      </span>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconRefresh size={14} aria-hidden />}
        loading={sync.isPending}
        onClick={() => sync.mutate({}, { onError: notifyProblem })}
      >
        {t('retry')}
      </Button>
    </div>
  )
}
