import { ActionIcon, Loader } from '@mantine/core'
import {
  IconChevronLeft,
  IconChevronRight,
  IconColumns2,
  IconContrast,
  IconMaximize,
  IconMinus,
  IconPlus,
  IconRotate,
  IconRotateClockwise,
  IconTextScan2,
  IconWindowMaximize,
  IconZoomIn,
} from '@tabler/icons-react'
import { memo, type ReactNode, type RefObject, useCallback, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClaimField, EvidenceFile } from '../../domain/appeal.ts'
import { problem } from '../../domain/problem.ts'
import { changeSettings } from '../app/changeSettings.ts'
import { useSettings } from '../app/session.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import classes from './EvidencePane.module.css'
import { FileNotes } from './FileNotes.tsx'
import { Regions } from './Regions.tsx'
import { type Readings, regionsOn } from './regions.ts'
import { SavePapers } from './SavePapers.tsx'
import { Thumbnails } from './Thumbnails.tsx'
import { useAfterPaint } from './useAfterPaint.ts'
import type { Sought } from './useKeptPlace.ts'
import { type Shown, usePicture } from './usePicture.ts'
import { useSteady } from './useSteady.ts'
import { Viewer } from './Viewer.tsx'
import type { Point, ViewerAct, ViewerState } from './viewerState.ts'

interface Props {
  readonly appeal: string
  readonly files: readonly EvidenceFile[]
  readonly view: ViewerState
  readonly act: (act: ViewerAct) => void
  /** Scale at which the present picture fits. */
  readonly fitted: RefObject<number>
  readonly readings: Readings
  /** Field in hand, whose frame is thick. */
  readonly current: ClaimField | null
  readonly choose?: (field: ClaimField) => void
  /** Opens the papers in a window of their own. */
  readonly tearOff?: () => void
  /** Tools are built with the rest: nobody waits for it. */
  readonly atOnce?: boolean
}

/** The papers: thumbnails, one picture or two, and the tools to look closely. */
export function EvidencePane(props: Props) {
  const { appeal, files, view, act, fitted, readings, current, choose, tearOff, atOnce = false } = props
  const fittedBeside = useRef(1)
  const painted = useAfterPaint(atOnce)
  const { t } = useTranslation('appeals')
  const { bytes } = useFormat()
  const choosePaper = useCallback((to: number) => act({ do: 'file', to }), [act])
  const file = files[view.file]
  const [shown, again] = usePicture(appeal, file, view.page)
  const other = view.beside === null ? undefined : files[view.beside]
  const [beside, againBeside] = usePicture(appeal, other, view.besideLook.page)
  // both are looked at as closely, each from the scale at which it fits
  const besideZoom = view.zoom === null ? null : (view.zoom / fitted.current) * fittedBeside.current
  const regions = regionsOn(file && readings.get(file.sha256), view.page)
  const sought = current === null ? undefined : regions.find(({ field }) => field === current)
  if (!file) return <EmptyState sentence={t('viewer.none')} />
  return (
    <div className={classes.pane}>
      <Thumbnails appeal={appeal} files={files} current={view.file} beside={view.beside} choose={choosePaper} />
      <FileNotes appeal={appeal} file={file} />
      <div className={classes.pictures}>
        {other && (
          <Look
            file={other}
            shown={beside}
            again={againBeside}
            view={{ ...view, ...view.besideLook, zoom: besideZoom }}
            act={act}
            fitted={fittedBeside}
          />
        )}
        <Look
          file={file}
          shown={shown}
          again={again}
          view={view}
          act={act}
          fitted={fitted}
          sought={{ name: `${current} ${file.sha256} ${view.page}`, box: sought?.box ?? null }}
          over={<Regions regions={regions} current={current} choose={choose} />}
        />
      </div>
      {painted ? (
        <div className={classes.tools} role="toolbar" aria-label={t('viewer.tools')}>
          <Tools
            whole={view.zoom === null}
            isBeside={view.beside !== null}
            loupe={view.loupe}
            contrast={view.contrast}
            page={view.page}
            act={act}
            files={files.length}
            pages={shown.state === 'ready' ? shown.pages : 1}
            fitted={fitted}
            tearOff={tearOff}
            appeal={appeal}
          />
          <span className={classes.file}>{`${file.file} · ${bytes(file.bytes)}`}</span>
        </div>
      ) : (
        <div className={classes.tools} data-later />
      )}
    </div>
  )
}

const NOTHING: Sought = { name: '', box: null }

interface LookProps {
  readonly file: EvidenceFile
  readonly shown: Shown
  readonly again: () => void
  readonly view: ViewerState
  readonly act: (act: ViewerAct) => void
  readonly fitted: RefObject<number>
  readonly sought?: Sought
  readonly over?: ReactNode
}

function Look({ file, shown, again, view, act, fitted, sought = NOTHING, over }: LookProps) {
  const { t } = useTranslation('appeals')
  const middle = useRef<Point | null>(null)
  switch (shown.state) {
    case 'loading':
      return (
        <div className={classes.waiting} aria-busy="true">
          <Loader size="sm" />
        </div>
      )
    case 'undrawable':
      return (
        <div className={classes.failed}>
          <ProblemCard problem={problem('picture-unreadable', { file: file.file })} />
        </div>
      )
    case 'failed': {
      // an officer knows the file by its name, whoever gave it up
      const { code, details } = shown.error.problem
      const named = problem(code, { ...details, file: file.file, sha256: `${file.file} (${file.sha256.slice(0, 8)})` })
      return (
        <div className={classes.failed}>
          <ProblemCard problem={named} retry={again} />
        </div>
      )
    }
    case 'ready':
      return (
        <Viewer
          picture={shown.picture}
          view={view}
          act={act}
          fitted={fitted}
          middle={middle}
          sought={sought}
          over={over}
          label={t('viewer.label', { shows: t(`shows.${file.shows}`), file: file.file })}
        />
      )
  }
}

interface ToolsProps extends Pick<ViewerState, 'loupe' | 'contrast' | 'page'> {
  readonly whole: boolean
  readonly isBeside: boolean
  readonly act: (act: ViewerAct) => void
  readonly files: number
  readonly pages: number
  readonly fitted: RefObject<number>
  readonly tearOff: (() => void) | undefined
  readonly appeal: string
}

/** Drawn again only when a tool looks another way: a verdict key turns to another paper and leaves the tools as they are. */
const Tools = memo(function Tools(props: ToolsProps) {
  const { whole, isBeside, loupe, contrast, page, act, files, pages, fitted, tearOff, appeal } = props
  const { t } = useTranslation('appeals')
  const { machineHelp } = useSettings()
  return (
    <>
      <Tool
        label={t('viewer.smaller')}
        run={() => act({ do: 'zoom', by: 0.8, fit: fitted.current })}
        Icon={IconMinus}
      />
      <Tool label={t('viewer.larger')} run={() => act({ do: 'zoom', by: 1.25, fit: fitted.current })} Icon={IconPlus} />
      <Tool label={t('viewer.fit')} run={() => act({ do: 'fit' })} Icon={IconMaximize} on={whole} />
      <Tool label={t('viewer.left')} run={() => act({ do: 'rotate', by: -1 })} Icon={IconRotate} />
      <Tool label={t('viewer.right')} run={() => act({ do: 'rotate', by: 1 })} Icon={IconRotateClockwise} />
      <Tool label={t('viewer.loupe')} run={() => act({ do: 'loupe' })} Icon={IconZoomIn} on={loupe} />
      <Tool label={t('viewer.contrast')} run={() => act({ do: 'contrast' })} Icon={IconContrast} on={contrast} />
      <Tool label={t('viewer.beside')} run={() => act({ do: 'beside', files })} Icon={IconColumns2} on={isBeside} />
      {pages > 1 && (
        <>
          <Tool label={t('viewer.page-back')} run={() => act({ do: 'page', by: -1, pages })} Icon={IconChevronLeft} />
          <span className={classes.page}>{t('viewer.page', { page: page + 1, pages })}</span>
          <Tool label={t('viewer.page-on')} run={() => act({ do: 'page', by: 1, pages })} Icon={IconChevronRight} />
        </>
      )}
      <Tool
        label={t('machine.switch')}
        run={() => void changeSettings({ machineHelp: !machineHelp })}
        Icon={IconTextScan2}
        on={machineHelp}
      />
      {tearOff && <Tool label={t('papers.tear-off')} run={tearOff} Icon={IconWindowMaximize} />}
      <SavePapers appeal={appeal} />
    </>
  )
})

interface ToolProps {
  readonly label: string
  readonly run: () => void
  readonly Icon: typeof IconMinus
  readonly on?: boolean
}

/** A tool that is drawn again only when it looks another way, whatever it would do. */
function Tool({ run, ...looks }: ToolProps) {
  return <ToolButton {...looks} run={useSteady(run)} />
}

const ToolButton = memo(function ToolButton({ label, run, Icon, on }: ToolProps) {
  return (
    <ActionIcon
      variant={on ? 'light' : 'subtle'}
      color={on ? 'tamga' : 'gray'}
      c="inherit"
      title={label}
      aria-label={label}
      aria-pressed={on}
      onClick={run}
    >
      <Icon size={17} />
    </ActionIcon>
  )
})
