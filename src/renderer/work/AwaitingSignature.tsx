import { Stack } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Officer } from '../../domain/officer.ts'
import { AWAITING_SIGNATURE } from '../app/nextAppeal.ts'
import { useReading } from '../app/queries.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { AppealTable } from '../ui/AppealTable.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { NothingHere } from '../ui/NothingHere.tsx'
import { Panel } from '../ui/Panel.tsx'
import { ActsToSign } from './ActsToSign.tsx'
import { useRegistryActs } from './registryActs.tsx'

/** Where on the screen it stands. */
export const TO_SIGN = 'to-sign'

/** What waits for a signature: appeals, batches, block runs, clone cases and versions of the policy. Own acts are not offered for signing. */
export function AwaitingSignature({ officer }: { readonly officer: Officer }) {
  const { t } = useTranslation(['work', 'term'])
  const { number } = useFormat()
  const appeals = useReading('appeals', AWAITING_SIGNATURE)
  const batches = (useReading('batches', { before: null, limit: 100 }).data ?? [])
    .filter((batch) => batch.state === 'awaiting-signature' || batch.undo?.pending === true)
    .map((batch) => ({
      key: batch.batch,
      link:
        batch.kind === 'decision' && batch.letter ? (
          <Link to="/appeals/$id" params={{ id: batch.letter }}>
            {batch.letter}
          </Link>
        ) : (
          <Link to="/imports" search={{ batch: batch.batch }}>
            {batch.file || t(`term:kind.${batch.kind}`)}
          </Link>
        ),
      what: t(batch.undo ? 'sign.undo' : `term:kind.${batch.kind}`),
      size: t('sign.imeis', { count: batch.counts.imeis, imeis: number(batch.counts.imeis) }),
      by: batch.by,
      signatures: [],
    }))
  const { runs, clones, policies } = useRegistryActs()
  const acts = [batches, runs, clones, policies].flat()
  return (
    <div id={TO_SIGN}>
      <Panel title={t(officer.role === 'approver' ? 'sign.mine' : 'sign.all')} flush>
        <Loaded query={appeals}>
          {({ rows }) =>
            rows.length + acts.length === 0 ? (
              <NothingHere sentence={t('sign.empty')} />
            ) : (
              <Stack gap={0}>
                {rows.length > 0 && <AppealTable rows={rows} label={t('sign.all')} columns={['id', 'route', 'due']} />}
                <ActsToSign kind="batches" acts={batches} />
                <ActsToSign kind="runs" acts={runs} />
                <ActsToSign kind="clones" acts={clones} />
                <ActsToSign kind="policies" acts={policies} />
              </Stack>
            )
          }
        </Loaded>
      </Panel>
    </div>
  )
}
