import { type UseQueryResult, useQueries } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { EvidenceReading } from '../../contract/engine/evidence.ts'
import type { EvidenceFile } from '../../domain/appeal.ts'
import { reading } from '../app/queries.ts'
import { useSettings } from '../app/session.ts'
import type { Readings } from './regions.ts'

/** The appeal is looked at first: reading its papers takes the processor that draws them. What was read before is there at once. */
const AFTER_MS = 400

/** What the machine makes out on the files, as it comes; nothing while its help is switched off. A file it cannot read is left to the officer. */
export function useReadings(appeal: string, files: readonly EvidenceFile[]): Readings {
  const { machineHelp } = useSettings()
  const [looked, setLooked] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLooked(true), AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  const answers = useQueries({
    queries: files.map(({ sha256 }) => ({
      ...reading('evidence-reading', { id: appeal, sha256 }),
      enabled: machineHelp && looked,
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
