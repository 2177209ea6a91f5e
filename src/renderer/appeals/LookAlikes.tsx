import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useReading } from '../app/queries.ts'
import classes from './FactsPane.module.css'

/** Pictures of other appeals that look like this appeal's, each one key away. Nothing when there are none. */
export function LookAlikes({
  appeal,
  files,
}: {
  readonly appeal: string
  readonly files: readonly { readonly sha256: string }[]
}) {
  const { t } = useTranslation('appeals')
  const found = useReading('evidence-lookalikes', { id: appeal }).data ?? []
  if (found.length === 0) return null
  return (
    <ul className={classes.list} aria-label={t('machine.lookalikes')}>
      {found.map((alike) => (
        <li key={`${alike.sha256} ${alike.appeal} ${alike.other}`} className={classes.reused}>
          <span className={alike.form ? classes.quiet : classes.alarm}>
            {t(alike.form ? 'machine.same-form' : 'machine.lookalike')}
          </span>{' '}
          <span className={classes.quiet}>
            {t('machine.alike', {
              file: files.findIndex(({ sha256 }) => sha256 === alike.sha256) + 1,
              tiles: alike.tiles,
            })}
          </span>{' '}
          <Link to="/appeals/$id" params={{ id: alike.appeal }}>
            {alike.appeal}
          </Link>
        </li>
      ))}
    </ul>
  )
}
