import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useStatus } from '../app/session.ts'
import { shell } from '../app/shell.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'
import classes from './About.module.css'

/** Version, registry, policy, and how the key of this desk's data is kept. */
export function About() {
  const { t } = useTranslation('settings')
  const { number, instant } = useFormat()
  const status = useStatus()
  const about = useQuery({ queryKey: ['about'], queryFn: () => shell('about', {}) })
  return (
    <Panel title={t('about.title')}>
      <Loaded query={about}>
        {({ version, electron, key, practice, home }) => (
          <dl className={classes.pairs}>
            <dt>{t('about.version')}</dt>
            <dd>{t('about.version-value', { version, electron })}</dd>
            <dt>{t('about.registry')}</dt>
            <dd>{status?.registry ?? t('about.no-registry')}</dd>
            <dt>{t('about.seq')}</dt>
            <dd>
              {status && number(status.seq)}
              {status?.lastSync && ` · ${instant(status.lastSync)}`}
            </dd>
            <dt>{t('about.policy')}</dt>
            <dd>{status && number(status.policyVersion)}</dd>
            <dt>{t('about.key')}</dt>
            <dd>
              {t(`about.key-kept.${key}`)}
              {key === 'file' && (
                <Text size="sm" className={classes.warn}>
                  {t('about.unprotected')}
                </Text>
              )}
            </dd>
            <dt>{t('about.home')}</dt>
            <dd className={classes.path}>{home}</dd>
            {practice && (
              <>
                <dt>{t('about.mode')}</dt>
                <dd>{t('about.practice')}</dd>
              </>
            )}
          </dl>
        )}
      </Loaded>
    </Panel>
  )
}
