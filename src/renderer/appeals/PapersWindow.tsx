import { useParams } from '@tanstack/react-router'
import { useEffect, useReducer, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { EvidenceFile } from '../../domain/appeal.ts'
import { useReading } from '../app/queries.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { EvidencePane } from './EvidencePane.tsx'
import { useLookingKeys } from './useLookingKeys.ts'
import { usePicture } from './usePicture.ts'
import { useReadings } from './useReadings.ts'
import { FIRST_LOOK, look } from './viewerState.ts'

/** The papers of one appeal alone, in a window of their own. */
export function PapersWindow() {
  const { t } = useTranslation('appeals')
  const { id } = useParams({ from: '/papers/$id' })
  const appeal = useReading('appeal', { id })
  useEffect(() => {
    document.title = t('papers.title', { appeal: id })
  }, [id, t])
  return <Loaded query={appeal}>{({ evidence }) => <Papers key={id} appeal={id} files={evidence} />}</Loaded>
}

function Papers({ appeal, files }: { readonly appeal: string; readonly files: readonly EvidenceFile[] }) {
  const [view, see] = useReducer(look, FIRST_LOOK)
  const fitted = useRef(1)
  const readings = useReadings(appeal, files)
  const [shown] = usePicture(appeal, files[view.file], view.page)
  useLookingKeys({ look: see, files: files.length, pages: shown.state === 'ready' ? shown.pages : 1, fitted }, [])
  return (
    <EvidencePane
      appeal={appeal}
      files={files}
      view={view}
      act={see}
      fitted={fitted}
      readings={readings}
      current={null}
    />
  )
}
