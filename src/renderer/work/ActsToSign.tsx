import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useOfficerName } from '../app/officerNames.ts'
import { useOfficer } from '../app/session.ts'

/** An act that waits for a signature, one row. */
export interface ActToSign {
  readonly key: string
  /** Leads to where it is signed. */
  readonly link: ReactNode
  readonly what: ReactNode
  readonly size: ReactNode
  /** Who proposed it; null: the registry itself. */
  readonly by: string | null
  readonly signatures: readonly string[]
}

/** Acts of one kind that wait for a signature; what the officer has signed himself says so. Without any: nothing. */
export function ActsToSign({ kind, acts }: { readonly kind: ActKind; readonly acts: readonly ActToSign[] }) {
  const { t } = useTranslation('work')
  const nameOf = useOfficerName()
  const officer = useOfficer()
  if (acts.length === 0) return null
  return (
    <Table aria-label={t(`sign.${kind}`)} highlightOnHover>
      <Table.Tbody>
        {acts.map(({ key, link, what, size, by, signatures }) => (
          <Table.Tr key={key} data-to-sign={kind}>
            <Table.Td>{link}</Table.Td>
            <Table.Td>{what}</Table.Td>
            <Table.Td ta="right">{size}</Table.Td>
            <Table.Td>
              {officer && (by === officer.id || signatures.includes(officer.id))
                ? t('sign.own')
                : (signatures.length > 0 ? signatures : by === null ? [] : [by]).map(nameOf).join(', ')}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

export type ActKind = 'batches' | 'runs' | 'clones' | 'policies'
