import { type UseQueryResult, useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { EvidenceReading } from '../../contract/engine/evidence.ts'
import type { EvidenceFile } from '../../domain/appeal.ts'
import { reading } from '../app/queries.ts'
import { useSettings } from '../app/session.ts'
import type { Readings } from './regions.ts'

/** What the machine makes out on the files, as it comes; nothing while its help is switched off. A file it cannot read is left to the officer. */
export function useReadings(appeal: string, files: readonly EvidenceFile[]): Readings {
  const { machineHelp } = useSettings()
  const answers = useQueries({
    queries: files.map(({ sha256 }) => ({
      ...reading('evidence-reading', { id: appeal, sha256 }),
      enabled: machineHelp,
    })),
    combine: answersOnly,
  })
  return useMemo(() => {
    const known = files.flatMap(({ sha256 }, i) => {
      const answer = answers[i]
      return answer ? [[sha256, answer] as const] : []
    })
    return new Map(machineHelp ? known : [])
  }, [machineHelp, files, answers])
}

const answersOnly = (results: readonly UseQueryResult<EvidenceReading>[]): (EvidenceReading | undefined)[] =>
  results.map(({ data }) => data)
