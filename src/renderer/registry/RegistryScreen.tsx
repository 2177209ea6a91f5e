import { Tabs } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Screen } from '../ui/Screen.tsx'
import { BlockRuns } from './BlockRuns.tsx'
import { CloneCases } from './CloneCases.tsx'
import { Lists } from './Lists.tsx'
import { Notices } from './Notices.tsx'
import { OperatorFiles } from './OperatorFiles.tsx'
import { Overdrawn } from './Overdrawn.tsx'
import { PolicyPanel } from './PolicyPanel.tsx'
import { REGISTRY_VIEWS } from './registryViews.ts'

/** The lists, the block runs that carry grey IMEIs to black, and the policy that decides. */
export function RegistryScreen() {
  const { t } = useTranslation(['registry', 'common'])
  const navigate = useNavigate()
  const { show = 'lists', run, clone, filter } = useSearch({ from: '/registry' })
  return (
    <Screen facts title={t('common:rail.registry')}>
      <Tabs
        value={run !== undefined ? 'runs' : clone !== undefined ? 'clones' : show}
        onChange={(tab) =>
          void navigate({ to: '/registry', search: { show: REGISTRY_VIEWS.find((view) => view === tab) } })
        }
        keepMounted={false}
      >
        <Tabs.List mb="sm">
          <Tabs.Tab value="lists">{t('tab.lists')}</Tabs.Tab>
          <Tabs.Tab value="runs" data-testid="block-runs">
            {t('tab.runs')}
          </Tabs.Tab>
          <Tabs.Tab value="notices" data-testid="notices">
            {t('tab.notices')}
          </Tabs.Tab>
          <Tabs.Tab value="operators" data-testid="operators">
            {t('tab.operators')}
          </Tabs.Tab>
          <Tabs.Tab value="clones" data-testid="clones">
            {t('tab.clones')}
          </Tabs.Tab>
          <Tabs.Tab value="declared" data-testid="declared">
            {t('tab.declared')}
          </Tabs.Tab>
          <Tabs.Tab value="policy" data-testid="policy">
            {t('tab.policy')}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="lists">
          <Lists key={JSON.stringify(filter)} begin={filter} />
        </Tabs.Panel>
        <Tabs.Panel value="runs">
          <BlockRuns open={run ?? null} />
        </Tabs.Panel>
        <Tabs.Panel value="notices">
          <Notices />
        </Tabs.Panel>
        <Tabs.Panel value="declared">
          <Overdrawn />
        </Tabs.Panel>
        <Tabs.Panel value="operators">
          <OperatorFiles />
        </Tabs.Panel>
        <Tabs.Panel value="clones">
          <CloneCases open={clone ?? null} />
        </Tabs.Panel>
        <Tabs.Panel value="policy">
          <PolicyPanel />
        </Tabs.Panel>
      </Tabs>
    </Screen>
  )
}
