import { List, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useReading } from '../app/queries.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'

/** Decisions and block runs made while a withdrawn batch counted: they stay in force, and are listed to be looked at again. */
export function RelyingActs({ batch }: { readonly batch: string }) {
  const { t } = useTranslation('imports')
  const { date: shown } = useFormat()
  const effect = useReading('undo-effect', { batch })
  return (
    <Panel title={t('relied-on')}>
      <Loaded query={effect} lines={2}>
        {({ reliedOn }) =>
          reliedOn.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('relied-none')}
            </Text>
          ) : (
            <List size="sm" data-testid="relied-on">
              {reliedOn.map(({ type, id, date }) => (
                <List.Item key={`${type}${id}`}>
                  {type === 'decision' ? (
                    <Link to="/appeals/$id" params={{ id }}>
                      {t('relied.decision', { id, date: shown(date) })}
                    </Link>
                  ) : (
                    t('relied.blockrun', { id, date: shown(date) })
                  )}
                </List.Item>
              ))}
            </List>
          )
        }
      </Loaded>
    </Panel>
  )
}
