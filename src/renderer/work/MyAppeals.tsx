import { useTranslation } from 'react-i18next'
import { useReading } from '../app/queries.ts'
import { AppealTable } from '../ui/AppealTable.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { NothingHere } from '../ui/NothingHere.tsx'
import { Panel } from '../ui/Panel.tsx'

/** Appeals this officer has taken and not yet decided: drafts live in them. */
export function MyAppeals() {
  const { t } = useTranslation('work')
  const mine = useReading('appeals', { state: null, open: true, mine: true, due: null, after: null, limit: 20 })
  return (
    <Panel title={t('mine.title')} flush>
      <Loaded query={mine}>
        {({ rows }) =>
          rows.length > 0 ? (
            <AppealTable rows={rows} label={t('mine.title')} columns={['id', 'route', 'due']} />
          ) : (
            <NothingHere sentence={t('mine.empty')} />
          )
        }
      </Loaded>
    </Panel>
  )
}
