import { IconAlertTriangle, IconMapPin, IconPhotoOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { EvidenceFile } from '../../domain/appeal.ts'
import { reading } from '../app/queries.ts'
import classes from './FileNotes.module.css'

interface Props {
  readonly appeal: string
  readonly file: EvidenceFile
}

/**
 * A strip over the picture where a file says something of itself: where the photograph was taken, and a name that does not fit what it
 * is, or where not all of it can be drawn. A file that cannot be had says so where it would be shown.
 */
export const FileNotes = memo(function FileNotes({ appeal, file }: Props) {
  const { t } = useTranslation('appeals')
  const { data } = useQuery(reading('evidence-notes', { id: appeal, sha256: file.sha256 }))
  if (!data?.namedAs && !data?.takenAt && !data?.leftOut) return null
  const { namedAs, takenAt, leftOut } = data
  return (
    <div className={classes.notes}>
      {namedAs && (
        <span className={classes.note} data-named-as={namedAs}>
          <IconAlertTriangle size={15} aria-hidden />
          {t('viewer.named-otherwise', { said: t(`kind.${namedAs}`), is: t(`kind.${file.type as typeof namedAs}`) })}
        </span>
      )}
      {leftOut && (
        <span className={classes.note} data-left-out>
          <IconPhotoOff size={15} aria-hidden />
          {t('viewer.left-out', { size: `${leftOut.width} × ${leftOut.height}` })}
        </span>
      )}
      {takenAt && (
        <span className={classes.note} data-taken-at>
          <IconMapPin size={15} aria-hidden />
          {t('viewer.taken-at', { place: `${takenAt.latitude.toFixed(4)}, ${takenAt.longitude.toFixed(4)}` })}
        </span>
      )}
    </div>
  )
})
