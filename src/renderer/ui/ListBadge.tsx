import { useTranslation } from 'react-i18next'
import type { List } from '../../domain/listing.ts'
import classes from './ListBadge.module.css'

const SHAPES: Readonly<Record<List, string>> = { white: '○', grey: '◐', black: '●', none: '◌' }

/** Name of a list with its shape; colour only repeats what shape and word say. */
export function ListBadge({ list }: { readonly list: List }) {
  const { t } = useTranslation('term')
  return (
    <span className={classes.badge} data-list={list}>
      <span aria-hidden className={classes.shape}>
        {SHAPES[list]}
      </span>
      {t(`list.${list}`)}
    </span>
  )
}
