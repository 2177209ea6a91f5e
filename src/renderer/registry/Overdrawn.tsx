import { useTranslation } from 'react-i18next'
import { useReading } from '../app/queries.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { LedgerTable } from '../ui/LedgerTable.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'

/** Lines of declarations from which more is drawn than was declared, the worst first. */
export function Overdrawn() {
  const { t } = useTranslation('ledger')
  const found = useReading('overdrawn', {})
  return (
    <Loaded query={found} lines={6}>
      {({ lines }) =>
        lines.length === 0 ? (
          <Panel title={t('title')}>
            <EmptyState sentence={t('none')} />
          </Panel>
        ) : (
          <LedgerTable title={t('title')} lines={lines} />
        )
      }
    </Loaded>
  )
}
