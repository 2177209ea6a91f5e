import { List } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { useFormat } from '../i18n/useFormat.ts'

type Acts = Output<EngineContract['undo-effect']>['reliedOn']

/** Decisions and block runs that relied on a batch, each a way to it. */
export function ReliedActs({ acts }: { readonly acts: Acts }) {
  const { t } = useTranslation('imports')
  const { date: shown } = useFormat()
  return (
    <List size="sm" data-testid="relied-on">
      {acts.map(({ type, id, date }) => (
        <List.Item key={`${type}${id}`}>
          {type === 'decision' ? (
            <Link to="/appeals/$id" params={{ id }}>
              {t('relied.decision', { id, date: shown(date) })}
            </Link>
          ) : (
            <Link to="/registry" search={{ run: id }}>
              {t('relied.blockrun', { id, date: shown(date) })}
            </Link>
          )}
        </List.Item>
      ))}
    </List>
  )
}
