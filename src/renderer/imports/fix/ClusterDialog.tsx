import { Button, Checkbox, Modal, Stack, Table, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BatchField } from '../../../contract/engine/batch.ts'
import { useReading } from '../../app/queries.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { DialogActs } from '../../ui/DialogActs.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import classes from './Fix.module.css'
import { applySteps, asStep } from './fixActs.ts'

interface Cluster {
  readonly to: string
  readonly spellings: readonly { readonly text: string; readonly rows: number }[]
}

/** Spellings that most likely mean the same, by column: the officer ticks what is to be merged and into which name. */
export function ClusterDialog({ batch, close }: { readonly batch: string; readonly close: () => void }) {
  const { t } = useTranslation(['imports', 'term', 'common'])
  const found = useReading('fix-clusters', { batch })
  return (
    <Modal
      opened
      onClose={close}
      title={t('fix.clusters')}
      size="xl"
      closeButtonProps={{ 'aria-label': t('common:close') }}
      data-testid="fix-clusters"
    >
      <Loaded query={found}>
        {({ fields }) =>
          fields.length === 0 ? (
            <Text c="dimmed">{t('fix.no-clusters')}</Text>
          ) : (
            <Choice fields={fields} close={close} />
          )
        }
      </Loaded>
    </Modal>
  )
}

interface ChoiceProps {
  readonly fields: readonly { readonly field: BatchField; readonly clusters: readonly Cluster[] }[]
  readonly close: () => void
}

const SHOWN = 60

/** Looks like another spelling because some of its letters are of the other alphabet. */
const isMixed = (text: string): boolean => /[A-Za-z]/.test(text) && /[\u0400-\u04ff]/.test(text)

function Choice({ fields, close }: ChoiceProps) {
  const { t } = useTranslation(['imports', 'term', 'common'])
  const { number } = useFormat()
  const all = fields.flatMap(({ field, clusters }) =>
    clusters.slice(0, SHOWN).map((cluster) => ({ field, cluster, key: `${field}:${cluster.to}` })),
  )
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  const merge = (): void => {
    const steps = all.flatMap(({ field, cluster, key }) => {
      const to = (names.get(key) ?? cluster.to).trim()
      const from = cluster.spellings.map(({ text }) => text).filter((text) => text !== to)
      return chosen.has(key) && to !== '' ? [asStep({ kind: 'merge', field, from, to })] : []
    })
    close()
    void applySteps(steps)
  }
  const toggle = (key: string): void =>
    setChosen(chosen.has(key) ? new Set([...chosen].filter((other) => other !== key)) : new Set([...chosen, key]))
  return (
    <Stack gap="md">
      <Text size="sm">{t('fix.clusters-means')}</Text>
      <div className={classes.samples}>
        <Table aria-label={t('fix.clusters')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('fix.merge')}</Table.Th>
              <Table.Th>{t('fix.spellings')}</Table.Th>
              <Table.Th>{t('fix.name')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {all.map(({ field, cluster, key }) => (
              <Table.Tr key={key}>
                <Table.Td>
                  <Checkbox
                    label={t(`term:field.${field}`)}
                    aria-label={t('fix.merge-of', { name: cluster.to })}
                    checked={chosen.has(key)}
                    onChange={() => toggle(key)}
                  />
                </Table.Td>
                <Table.Td>
                  {cluster.spellings.map(({ text, rows }) => (
                    <Text key={text} size="sm" className={classes.verbatim}>
                      {t(isMixed(text) ? 'fix.spelling-mixed' : 'fix.spelling', { text, imeis: number(rows) })}
                    </Text>
                  ))}
                </Table.Td>
                <Table.Td>
                  <TextInput
                    aria-label={t('fix.name-of', { name: cluster.to })}
                    value={names.get(key) ?? cluster.to}
                    maxLength={200}
                    onChange={(event) => setNames(new Map(names).set(key, event.currentTarget.value))}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <DialogActs close={close}>
        <Button onClick={merge} disabled={chosen.size === 0} data-testid="fix-merge">
          {t('fix.merge-chosen', { count: chosen.size })}
        </Button>
      </DialogActs>
    </Stack>
  )
}
