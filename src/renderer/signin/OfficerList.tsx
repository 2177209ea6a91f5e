import { Loader, UnstyledButton } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Officer } from '../../domain/officer.ts'
import { KeyCap } from '../ui/KeyCap.tsx'
import classes from './OfficerList.module.css'

interface Props {
  readonly officers: readonly Officer[]
  /** The one being signed in. */
  readonly busy: string | null
  readonly choose: (id: string) => void
}

/** Officers of the directory with their role; one click or one key signs in. Marks the moment from which one can. */
export function OfficerList({ officers, busy, choose }: Props) {
  const { t } = useTranslation(['signin', 'term'])
  useEffect(() => void performance.mark('sign-in-usable'), [])
  return (
    <ul className={classes.list} aria-label={t('directory')}>
      {officers.map(({ id, name, role }, at) => (
        <li key={id}>
          <UnstyledButton
            className={classes.officer}
            data-officer={id}
            disabled={busy !== null}
            onClick={() => choose(id)}
          >
            <span className={classes.initials} aria-hidden>
              {initials(name)}
            </span>
            <span className={classes.who}>
              <span className={classes.name}>{name}</span>
              <span className={classes.does}>{t(`does.${role}`)}</span>
            </span>
            <span className={classes.role}>{t(`term:role.${role}`)}</span>
            <span className={classes.key}>
              {busy === id ? <Loader size={16} /> : at < 9 && <KeyCap press={`Digit${at + 1}`} />}
            </span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  )
}

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0))
    .join('')
