import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useReading } from '../app/queries.ts'
import { AppealTable } from '../ui/AppealTable.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { NothingHere } from '../ui/NothingHere.tsx'
import { Panel } from '../ui/Panel.tsx'

/** The open appeals whose legal time runs out first. */
export function Deadlines() {
  const { t } = useTranslation('work')
  const soonest = useReading('appeals', { state: null, open: true, mine: false, due: null, after: null, limit: 8 })
  return (
    <Panel
      title={t('deadlines.title')}
      flush
      actions={
        <Anchor size="sm" renderRoot={(props) => <Link to="/appeals" {...props} />}>
          {t('deadlines.all')}
        </Anchor>
      }
    >
      <Loaded query={soonest}>
        {({ rows }) =>
          rows.length > 0 ? (
            <AppealTable
              rows={rows}
              label={t('deadlines.title')}
              columns={['id', 'applicant', 'imeis', 'route', 'state', 'due']}
            />
          ) : (
            <NothingHere sentence={t('deadlines.empty')} />
          )
        }
      </Loaded>
    </Panel>
  )
}
