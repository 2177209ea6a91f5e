import { UnstyledButton } from '@mantine/core'
import { IconFileAlert } from '@tabler/icons-react'
import { memo, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { EvidenceFile } from '../../domain/appeal.ts'
import { intoSight } from './intoSight.ts'
import classes from './Thumbnails.module.css'
import { usePicture } from './usePicture.ts'

interface Props {
  readonly appeal: string
  readonly files: readonly EvidenceFile[]
  readonly current: number
  readonly beside: number | null
  readonly choose: (at: number) => void
}

/** Small pictures of all papers with what each shows; going from field to field on one paper leaves them as they are. */
export const Thumbnails = memo(function Thumbnails({ appeal, files, current, beside, choose }: Props) {
  const { t, i18n } = useTranslation('appeals')
  const row = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the paper in hand is the child that says so
  useEffect(() => {
    const thumbnail = row.current?.querySelector('[aria-current="true"]')
    return thumbnail ? intoSight(thumbnail) : undefined
  }, [current, appeal, i18n.language])
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw its own frame
    <div ref={row} className={classes.row} role="group" aria-label={t('viewer.files')}>
      {files.map((file, at) => (
        <UnstyledButton
          key={file.sha256}
          className={classes.thumbnail}
          aria-current={at === current}
          data-beside={at === beside}
          onClick={() => choose(at)}
        >
          <Small appeal={appeal} file={file} />
          <span className={classes.name}>{t(`shows.${file.shows}`)}</span>
        </UnstyledButton>
      ))}
    </div>
  )
})

function Small({ appeal, file }: { readonly appeal: string; readonly file: EvidenceFile }) {
  const [shown] = usePicture(appeal, file, 0)
  if (shown.state === 'loading') return <span className={classes.blank} data-state="loading" />
  if (shown.state !== 'ready')
    return (
      <span className={classes.blank} data-state="failed">
        <IconFileAlert size={18} aria-hidden />
      </span>
    )
  return <img className={classes.small} src={shown.picture.small} alt="" />
}
