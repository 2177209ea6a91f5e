import {
  IconChartBar,
  IconDatabase,
  IconFileImport,
  IconHistory,
  IconListSearch,
  IconSettings,
  IconStack2,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Seal } from '../../ui/Seal.tsx'
import classes from './Rail.module.css'

const ROOMS = [
  { to: '/', name: 'work', icon: IconStack2 },
  { to: '/lookup', name: 'lookup', icon: IconListSearch },
  { to: '/imports', name: 'imports', icon: IconFileImport },
  { to: '/registry', name: 'registry', icon: IconDatabase },
  { to: '/reports', name: 'reports', icon: IconChartBar },
  { to: '/audit', name: 'audit', icon: IconHistory },
  { to: '/settings', name: 'settings', icon: IconSettings },
] as const

/** The rooms of the desk. */
export function Rail() {
  const { t } = useTranslation('common')
  return (
    <nav className={classes.rail} aria-label={t('rail.label')}>
      <div className={classes.seal}>
        <Seal size={30} />
      </div>
      {ROOMS.map(({ to, name, icon: Icon }) => (
        <Link
          key={name}
          to={to}
          className={classes.room}
          activeOptions={{ exact: to === '/' }}
          activeProps={{ 'aria-current': 'page' }}
          data-room={name}
        >
          <Icon size={21} stroke={1.7} aria-hidden />
          <span>{t(`rail.${name}`)}</span>
        </Link>
      ))}
    </nav>
  )
}
