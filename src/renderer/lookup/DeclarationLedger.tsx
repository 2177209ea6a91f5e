import { useTranslation } from 'react-i18next'
import { useReading } from '../app/queries.ts'
import { LedgerTable } from '../ui/LedgerTable.tsx'
import { Loaded } from '../ui/Loaded.tsx'

/** What was declared, and what is drawn from it. */
export function DeclarationLedger({ declaration }: { readonly declaration: string }) {
  const { t } = useTranslation('ledger')
  const found = useReading('declaration-ledger', { declaration })
  return (
    <Loaded query={found} lines={3}>
      {(lines) => <LedgerTable title={t('of-declaration')} lines={lines} />}
    </Loaded>
  )
}
