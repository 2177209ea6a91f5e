import { DateInput, type DateInputProps } from '@mantine/dates'
import { useDisclosure } from '@mantine/hooks'
import { type FocusEvent, type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IsoDate } from '../../domain/fact.ts'
import { typedDay } from '../i18n/typedDay.ts'

type Look = Pick<DateInputProps, 'label' | 'placeholder' | 'clearable' | 'clearButtonProps' | 'size' | 'w'>

interface Props extends Look {
  readonly value: IsoDate | null
  /** Null: no day, or none that can be; what was typed before does not stand in its place. */
  readonly onChange: (day: IsoDate | null) => void
  /** First and last day that can be chosen. */
  readonly minDate?: IsoDate
  readonly maxDate?: IsoDate
  readonly [data: `data-${string}`]: string
}

/** A day, typed or taken from a calendar. What is no day says so and is never taken for another; Escape closes the calendar and nothing around it. */
export function DateField({ value, onChange, minDate, maxDate, ...look }: Props) {
  const { t } = useTranslation('common')
  const [opened, calendar] = useDisclosure(false)
  const [isBad, setBad] = useState(false)
  const cannotBe = (text: string): boolean => {
    const day = typedDay(text)
    return text.trim() !== '' && (day === null || (minDate ?? day) > day || (maxDate ?? day) < day)
  }
  function leave({ currentTarget }: FocusEvent<HTMLInputElement>): void {
    if (!cannotBe(currentTarget.value)) return
    setBad(true)
    onChange(null)
  }
  // a form sent by Enter would go with the day before it
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key !== 'Enter' || !cannotBe(event.currentTarget.value)) return
    event.preventDefault()
    setBad(true)
  }
  return (
    <DateInput
      {...look}
      {...(minDate && { minDate })}
      {...(maxDate && { maxDate })}
      valueFormat="DD.MM.YYYY"
      dateParser={typedDay}
      value={value}
      onChange={(day) => {
        setBad(false)
        onChange(day)
      }}
      error={isBad && t('no-such-day')}
      onFocus={() => setBad(false)}
      onBlur={leave}
      onKeyDown={onKeyDown}
      popoverProps={{ onOpen: calendar.open, onClose: calendar.close }}
      data-mantine-stop-propagation={opened || undefined}
    />
  )
}
