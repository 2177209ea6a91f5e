import { List } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AppealWhole } from '../../contract/engine/appeal.ts'
import type { Listing } from '../../domain/listing.ts'
import { useReading } from '../app/queries.ts'
import { Loaded } from '../ui/Loaded.tsx'

/** What each IMEI of the device would be on without the approval: seen before it is proposed, and before it is signed. */
export function RevocationEffect({ appeal }: { readonly appeal: AppealWhole }) {
  const { t } = useTranslation(['appeals', 'term'])
  const effect = useReading('revocation-effect', { id: appeal.id })
  const words = ({ list, reason }: Listing): string =>
    [t(`term:list.${list}`), reason && t(`term:reason.${reason}`)].filter(Boolean).join(', ')
  return (
    <Loaded query={effect}>
      {(imeis) => (
        <List size="sm" aria-label={t('revocation.effect')} data-testid="revocation-effect">
          {imeis.map(({ imei, before, after }) => (
            <List.Item key={imei}>
              {`${imei}: ${t('revocation.becomes', { before: words(before), after: words(after) })}`}
            </List.Item>
          ))}
        </List>
      )}
    </Loaded>
  )
}
