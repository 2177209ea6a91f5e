import { Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { LifeStep } from '../../contract/engine/lookup.ts'
import { useOfficerName } from '../app/officerNames.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ListBadge } from '../ui/ListBadge.tsx'
import { Panel } from '../ui/Panel.tsx'

/** What happened about an IMEI, in order, and the list it was on from then. */
export function LifeLine({ life }: { readonly life: readonly LifeStep[] }) {
  const { t } = useTranslation(['lookup', 'term'])
  const { instant } = useFormat()
  const officerName = useOfficerName()
  return (
    <Panel title={t('life.title')} flush>
      {life.length === 0 ? (
        <EmptyState sentence={t('no-facts')} />
      ) : (
        <Table fz="sm" aria-label={t('life.title')} data-testid="life">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('life.when')}</Table.Th>
              <Table.Th>{t('life.what')}</Table.Th>
              <Table.Th>{t('life.who')}</Table.Th>
              <Table.Th>{t('life.then')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {life.map((step) => (
              <Table.Tr key={`${step.at} ${step.what} ${step.ref} ${step.code}`} data-life={step.what}>
                <Table.Td>{instant(step.at)}</Table.Td>
                <Table.Td>
                  <Step step={step} />
                </Table.Td>
                <Table.Td>{step.officer && officerName(step.officer)}</Table.Td>
                <Table.Td>
                  {step.listing && <ListBadge list={step.listing.list} />}{' '}
                  {step.listing?.reason && (
                    <Text span size="sm">
                      {t(`term:reason.${step.listing.reason}`)}
                    </Text>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Panel>
  )
}

/** Each step in words, with the way to what it was. */
function Step({ step: { what, code, ref } }: { readonly step: LifeStep }) {
  const { t } = useTranslation(['lookup', 'listing', 'term', 'registry'])
  switch (what) {
    case 'appeal':
      return (
        <>
          <Link to="/appeals/$id" params={{ id: ref }}>
            {ref}
          </Link>
          {` · ${t(`term:step.${code}`)}`}
        </>
      )
    case 'run':
      return (
        <Link to="/registry" search={{ run: ref }}>
          {t('life.run', { part: t(`registry:run.part.${code}`) })}
        </Link>
      )
    case 'policy':
      return t('life.policy', { version: ref })
    case 'notice':
      return t(`listing:notice.${code}`)
    case 'receipt':
      return t('life.receipt', { operator: t(`term:source.${ref}`), state: t(`listing:receipt.${code}`) })
    case 'violation':
      return t('life.violation', { operator: t(`term:source.${ref}`) })
    case 'clone':
      return (
        <Link to="/registry" search={{ clone: ref }}>
          {t('life.clone', { state: t(`listing:clone.${code}`) })}
        </Link>
      )
    default:
      return (
        <Link to="/imports" search={{ batch: ref }}>
          {t(`life.${what}`, { fact: t(`listing:fact.${code}`) })}
        </Link>
      )
  }
}
