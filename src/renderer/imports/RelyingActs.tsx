import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useReading } from '../app/queries.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'
import { ReliedActs } from './ReliedActs.tsx'

/** Decisions and block runs made while a withdrawn batch counted: they stay in force, and are listed to be looked at again. */
export function RelyingActs({ batch }: { readonly batch: string }) {
  const { t } = useTranslation('imports')
  const effect = useReading('undo-effect', { batch })
  return (
    <Panel title={t('relied-on')}>
      <Loaded query={effect} lines={2}>
        {({ reliedOn }) =>
          reliedOn.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('relied-none')}
            </Text>
          ) : (
            <ReliedActs acts={reliedOn} />
          )
        }
      </Loaded>
    </Panel>
  )
}
