import { Button, Group, NumberInput, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { notifyProblem } from '../app/notify.tsx'
import { useActing, useReading } from '../app/queries.ts'
import { useStatus } from '../app/session.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'

type Settings = Output<EngineContract['registry-settings']>
const FIELDS = ['offlineHours', 'feedDays', 'evidenceCacheMb', 'prefetchAppeals'] as const
type Field = (typeof FIELDS)[number]

/** What holds on all desks of the registry; an admin changes it. */
export function RegistrySettings() {
  const { t } = useTranslation('settings')
  const settings = useReading('registry-settings', {})
  return (
    <Panel title={t('registry.title')}>
      <Loaded query={settings}>{(values) => <Form key={JSON.stringify(values)} values={values} />}</Loaded>
    </Panel>
  )
}

const shown = (values: Settings, field: Field): number | null =>
  field === 'offlineHours' ? values.hours : values[field]

function Form({ values }: { readonly values: Settings }) {
  const { t } = useTranslation('settings')
  const status = useStatus()
  const isAdmin = status?.officer?.role === 'admin'
  const [changed, setChanged] = useState<Partial<Record<Field, number>>>({})
  const save = useActing('set-registry-settings')
  return (
    <Stack gap="sm">
      {FIELDS.map((field) => (
        <NumberInput
          key={field}
          label={t(`registry.${field}.label`)}
          description={t(`registry.${field}.hint`)}
          readOnly={!isAdmin}
          min={field === 'prefetchAppeals' ? 0 : field === 'evidenceCacheMb' ? 10 : 1}
          allowDecimal={false}
          value={changed[field] ?? shown(values, field) ?? ''}
          onChange={(value) => {
            if (typeof value === 'number') setChanged({ ...changed, [field]: value })
          }}
        />
      ))}
      {isAdmin ? (
        <Group>
          <Button
            loading={save.isPending}
            disabled={Object.keys(changed).length === 0}
            data-testid="registry-save"
            onClick={() => save.mutate(changed, { onError: notifyProblem })}
          >
            {t('registry.save')}
          </Button>
        </Group>
      ) : (
        <Text size="sm" c="dimmed">
          {t('registry.admin-only')}
        </Text>
      )}
    </Stack>
  )
}
