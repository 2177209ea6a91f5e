import { useTranslation } from 'react-i18next'
import type { EvidenceReading } from '../../contract/engine/evidence.ts'

/** Where a photograph says it was taken. */
export function TakenAt({ place }: { readonly place: EvidenceReading['takenAt'] }) {
  const { t } = useTranslation('appeals')
  if (!place) return null
  return <span>{t('machine.taken-at', { place: `${place.latitude.toFixed(3)}, ${place.longitude.toFixed(3)}` })}</span>
}
