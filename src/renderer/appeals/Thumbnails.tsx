import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { EvidenceFile } from '../../domain/appeal.ts'
import classes from './Thumbnails.module.css'
import { usePicture } from './usePicture.ts'

interface Props {
  readonly appeal: string
  readonly files: readonly EvidenceFile[]
  readonly current: number
  readonly beside: number | null
  readonly choose: (at: number) => void
}

/** Small pictures of all papers with what each shows. */
export function Thumbnails({ appeal, files, current, beside, choose }: Props) {
  const { t } = useTranslation('appeals')
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw its own frame
    <div className={classes.row} role="group" aria-label={t('viewer.files')}>
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
}

function Small({ appeal, file }: { readonly appeal: string; readonly file: EvidenceFile }) {
  const [shown] = usePicture(appeal, file, 0)
  if (shown.state !== 'ready') return <span className={classes.blank} data-state={shown.state} />
  return <img className={classes.small} src={shown.picture.url} alt="" />
}
