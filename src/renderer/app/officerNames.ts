import { useCallback } from 'react'
import { useReading } from './queries.ts'

/** Says an officer's name for his sign-in name; the sign-in name itself for one this desk does not know. */
export function useOfficerName(): (id: string) => string {
  const officers = useReading('officers', {}).data
  return useCallback((id) => officers?.find((officer) => officer.id === id)?.name ?? id, [officers])
}
