import { useTranslation } from 'react-i18next'
import type { ClaimField } from '../../domain/appeal.ts'
import classes from './Regions.module.css'
import type { Region } from './regions.ts'

interface Props {
  readonly regions: readonly Region[]
  readonly current: ClaimField | null
  readonly choose: ((field: ClaimField) => void) | undefined
}

/** Frames round what the machine made out, dashed as every suggestion; the frame of the field in hand is thick. */
export function Regions({ regions, current, choose }: Props) {
  const { t } = useTranslation(['appeals', 'term'])
  return regions.map(({ field, shows, value, box }) => {
    const name = field === null ? t('machine.unclaimed') : t(`term:field.${field}`)
    const label = t(`machine.${shows}`, { field: name, value })
    return (
      <button
        key={`${field} ${value} ${box.x} ${box.y}`}
        type="button"
        tabIndex={-1}
        className={classes.region}
        data-shows={shows}
        data-current={field !== null && field === current}
        title={label}
        aria-label={label}
        style={{
          left: `${box.x * 100}%`,
          top: `${box.y * 100}%`,
          width: `${box.width * 100}%`,
          height: `${box.height * 100}%`,
        }}
        onClick={() => field !== null && choose?.(field)}
      >
        <span className={classes.name}>
          {shows === 'other' ? '≠ ' : ''}
          {name}
        </span>
      </button>
    )
  })
}
