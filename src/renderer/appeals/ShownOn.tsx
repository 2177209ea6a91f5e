import { useTranslation } from 'react-i18next'
import type { FieldPlace } from './regions.ts'
import classes from './ShownOn.module.css'

/** Which paper shows a field, as the machine suggests: dashed, with the number of the file. */
export function ShownOn({ place }: { readonly place: FieldPlace }) {
  const { t } = useTranslation('appeals')
  const label = t(`machine.shown-${place.shows}`, { file: place.file + 1, value: place.value })
  return (
    <span className={classes.place} data-shows={place.shows} title={label}>
      <span aria-hidden="true">
        {place.shows === 'other' ? '≠' : '▣'} {place.file + 1}
      </span>
      <span className={classes.spoken}>{label}</span>
    </span>
  )
}
