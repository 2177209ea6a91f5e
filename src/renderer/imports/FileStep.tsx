import { Alert, Button, Checkbox, Group, PasswordInput, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IMPORT_KINDS, type ImportKind } from '../../domain/batch.ts'
import { SOURCE_BODIES, type SourceBody } from '../../domain/fact.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { DateField } from '../ui/DateField.tsx'
import { Panel } from '../ui/Panel.tsx'
import classes from './FileStep.module.css'
import { Notices } from './Notices.tsx'
import { Replay } from './Replay.tsx'
import { inspect, isSure, setWizard, type Wizard } from './wizard.ts'

/** A password is asked for, and asked for again when it was wrong. */
const PROTECTED: ReadonlySet<string> = new Set(['sheet-encrypted', 'sheet-wrong-password'])

/** What the file is, what list it brings and from whom. */
export function FileStep({ wizard }: { readonly wizard: Wizard }) {
  const { t } = useTranslation(['imports', 'term', 'common'])
  const { bytes } = useFormat()
  const { inspected } = wizard
  if (!inspected) return wizard.problem && PROTECTED.has(wizard.problem.code) ? <Password /> : null
  return (
    <Stack gap="lg" maw={980}>
      <Panel title={t('file.title')}>
        <dl className={classes.pairs}>
          <dt>{t('file.name')}</dt>
          <dd>{inspected.file.name}</dd>
          <dt>{t('file.format')}</dt>
          <dd>{[inspected.file.format, bytes(inspected.file.bytes)].join(' · ')}</dd>
          <dt>{t('file.sheet')}</dt>
          <dd>{inspected.sheet}</dd>
          <dt>{t('file.profile')}</dt>
          <dd data-testid="profile">
            {inspected.profile
              ? t('file.profile-known', { name: inspected.profile.name, version: inspected.profile.version })
              : t('file.no-profile')}
          </dd>
          <dt>{t('file.fingerprint')}</dt>
          <dd className={classes.hash}>{inspected.file.sha256}</dd>
        </dl>
      </Panel>
      <Notices notices={inspected.notices} />
      <Panel title={t('list.title')}>
        <Group align="end" gap="md">
          <Select
            label={t('list.kind')}
            data={IMPORT_KINDS.map((kind) => ({ value: kind, label: t(`term:kind.${kind}`) }))}
            value={wizard.kind}
            allowDeselect={false}
            onChange={(kind) => kind && void inspect({ kind: kind as ImportKind })}
            w={240}
          />
          <Select
            label={t('list.source')}
            data={SOURCE_BODIES.map((source) => ({ value: source, label: t(`term:source.${source}`) }))}
            value={wizard.source}
            allowDeselect={false}
            onChange={(source) => source && setWizard({ source: source as SourceBody })}
            w={220}
          />
          <TextInput
            label={t('list.letter')}
            value={wizard.letter}
            maxLength={200}
            onChange={(event) => setWizard({ letter: event.currentTarget.value })}
            w={220}
          />
          <DateField
            label={t('list.letter-date')}
            value={wizard.letterDate}
            clearable
            clearButtonProps={{ 'aria-label': t('list.no-letter-date') }}
            onChange={(letterDate) => setWizard({ letterDate })}
            w={160}
          />
        </Group>
        <Replay wizard={wizard} />
        <Checkbox
          mt="md"
          label={t('list.full')}
          description={t('list.full-means')}
          checked={wizard.full}
          onChange={(event) => setWizard({ full: event.currentTarget.checked })}
        />
      </Panel>
      {isSure(wizard) && (
        <Alert color="teal.9" variant="outline" title={t('sure.title')}>
          {t('sure.text')}
        </Alert>
      )}
    </Stack>
  )
}

function Password() {
  const { t } = useTranslation('imports')
  const [password, setPassword] = useState('')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void inspect({ password })
      }}
    >
      <Group align="end">
        <PasswordInput
          label={t('password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          w={320}
          data-autofocus
        />
        <Button type="submit">{t('open')}</Button>
      </Group>
    </form>
  )
}
