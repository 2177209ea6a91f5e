import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Screen } from '../ui/Screen.tsx'
import { Explanation } from './Explanation.tsx'
import { LookupBox } from './LookupBox.tsx'
import { LookupTable } from './LookupTable.tsx'
import { pastedImeis } from '../../domain/pastedImeis.ts'

/** One box: an IMEI explains itself, a pasted list becomes a table. */
export function LookupScreen() {
  const { t } = useTranslation('lookup')
  const navigate = useNavigate()
  const { imei = '', at } = useSearch({ from: '/lookup' })
  const asked = pastedImeis(imei)
  const [first] = asked
  const ask = (text: string): void => void navigate({ to: '/lookup', search: { imei: pastedImeis(text).join(' ') } })
  return (
    <Screen title={t('title')}>
      <LookupBox asked={imei} ask={ask} />
      {first === undefined && <EmptyState sentence={t('empty')} />}
      {first !== undefined && asked.length === 1 && (
        <Explanation
          imei={first}
          at={at}
          setAt={(day) => void navigate({ to: '/lookup', search: { imei: first, ...(day && { at: day }) } })}
        />
      )}
      {asked.length > 1 && <LookupTable imeis={asked} />}
    </Screen>
  )
}
