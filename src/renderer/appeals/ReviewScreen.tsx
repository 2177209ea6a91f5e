import { useNavigate } from '@tanstack/react-router'
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { Panel, Group as Panes, Separator } from 'react-resizable-panels'
import type { AppealWhole } from '../../contract/engine/appeal.ts'
import type { ClaimField, Verdict } from '../../domain/appeal.ts'
import { businessDate } from '../../domain/businessDate.ts'
import type { Officer } from '../../domain/officer.ts'
import { queryClient, reading } from '../app/queries.ts'
import { useNow } from '../i18n/useNow.ts'
import { ActDialog } from './ActDialog.tsx'
import { type AppealAct, possibleActs } from './ActsMenu.tsx'
import { ClaimPane } from './ClaimPane.tsx'
import { Conflict } from './Conflict.tsx'
import { DecisionBar } from './DecisionBar.tsx'
import { EvidencePane } from './EvidencePane.tsx'
import { FactsPane } from './FactsPane.tsx'
import { paneSizes } from './paneSizes.ts'
import { ReviewHead } from './ReviewHead.tsx'
import classes from './ReviewScreen.module.css'
import { RevocationBar } from './RevocationBar.tsx'
import { bodyConcerned, obstacle, obstacleToApproval } from './readiness.ts'
import { noteShown } from './recentAppeals.ts'
import { placesOf } from './regions.ts'
import { modeOf } from './reviewMode.ts'
import { draftOf, isEmptyDraft } from './reviewState.ts'
import { SentLetters } from './SentLetters.tsx'
import { SignBar } from './SignBar.tsx'
import { SkipDialog } from './SkipDialog.tsx'
import { TakeBar } from './TakeBar.tsx'
import { Timeline } from './Timeline.tsx'
import { useBeingClaimed } from './turn.ts'
import { useAfterPaint } from './useAfterPaint.ts'
import { useCourse } from './useCourse.ts'
import { useKeptLease } from './useKeptLease.ts'
import { usePanes } from './usePanes.ts'
import { usePicture } from './usePicture.ts'
import { usePrepareNext } from './usePrepareNext.ts'
import { useReadings } from './useReadings.ts'
import { useRefusedDecision } from './useRefusedDecision.ts'
import { useReview } from './useReview.ts'
import { useReviewKeys } from './useReviewKeys.ts'
import { useSharedAppeals } from './useSharedAppeals.ts'
import { useShownPage } from './useShownPage.ts'
import { useSteady } from './useSteady.ts'
import { useTearOff } from './useTearOff.ts'

/** A verdict key must not draw again what it does not change. */
const MemoEvidence = memo(EvidencePane)
const MemoFacts = memo(FactsPane)
const MemoHead = memo(ReviewHead)
const MemoTimeline = memo(Timeline)
const MemoActs = memo(ActDialog)
const MemoLetters = memo(SentLetters)
const MemoSkip = memo(SkipDialog)

interface Props {
  readonly appeal: AppealWhole
  readonly officer: Officer
  /** It is made ready while another appeal is on screen: as it will be when its claim is on its way. */
  readonly ahead: boolean
  /** Nothing of it waits for the first paint. */
  readonly atOnce: boolean
}

/** Claim, evidence and facts side by side, and the decision below. */
export function ReviewScreen({ appeal, officer, ahead, atOnce }: Props) {
  const { t } = useTranslation('appeals')
  const navigate = useNavigate()
  const now = new Date(useNow(15)).toISOString()
  const claiming = useBeingClaimed(appeal.id) || ahead
  const mode = modeOf(appeal, officer, now, claiming)
  const judging = mode === 'decide' || mode === 'sign'
  const { state, act, saving, save } = useReview(appeal, judging)
  useKeptLease(appeal, mode, state.edits)
  const readings = useReadings(appeal.id, appeal.evidence)
  const { current } = state
  const [view, see] = useShownPage(current, appeal.evidence, readings, ahead)
  const fitted = useRef(1)
  const painted = useAfterPaint(atOnce)
  const reasonsPlace = useRef<HTMLFieldSetElement>(null)
  const notePlace = useRef<HTMLTextAreaElement>(null)
  const [timeline, setTimeline] = useState(false)
  const [skipping, setSkipping] = useState(false)
  const [acting, setActing] = useState<AppealAct | null>(null)
  const openTimeline = useCallback(() => setTimeline(true), [])
  const closeTimeline = useCallback(() => setTimeline(false), [])
  const openSkip = useCallback(() => setSkipping(true), [])
  const closeSkip = useCallback(() => setSkipping(false), [])
  const closeAct = useCallback(() => setActing(null), [])
  const back = useCallback(() => void navigate({ to: '/appeals' }), [navigate])
  const acts = useMemo(() => possibleActs(appeal, officer, mode), [appeal, officer, mode])
  const { place, turnPane, focusPane } = usePanes()
  const course = useCourse(appeal, mode)
  usePrepareNext(appeal.id, mode)
  const [shown] = usePicture(appeal.id, appeal.evidence[view.file], view.page)

  const places = useMemo(() => placesOf(appeal.evidence, readings), [appeal.evidence, readings])
  const goTo = useCallback((to: ClaimField) => act({ do: 'go', to }), [act])

  const tearOff = useTearOff(appeal.id)
  const toShared = useSharedAppeals(appeal)
  useEffect(() => {
    document.title = `${appeal.id} · Tamga`
    noteShown(appeal.id)
    focusPane(0)
  }, [appeal.id, focusPane])

  // the first verdict is opened by the engine once the second officer's own is on disk
  const opens = mode === 'sign' && appeal.sealed && state.verdict !== null && saving === 'saved'
  useEffect(() => {
    if (opens) void queryClient.invalidateQueries({ queryKey: reading('appeal', { id: appeal.id }).queryKey })
  }, [opens, appeal.id])

  const draft = draftOf(state)
  const refused = useRefusedDecision(appeal.id)
  // nobody was first: he still has it, and decides once more
  const again = refused?.tooLate && mode === 'decide' ? refused.id : null
  const hindered =
    mode === 'sign'
      ? state.verdict === null
        ? ({ why: 'verdict' } as const)
        : state.verdict === 'approve'
          ? obstacleToApproval(appeal, draft)
          : null
      : obstacle(appeal, draft, state.verdict, businessDate(now))

  function choose(verdict: Verdict): void {
    if (verdict === 'approve' && mode === 'decide' && obstacleToApproval(appeal, draft)) return
    // drawn at once: the next key may come before the next frame and belongs to the reasons
    flushSync(() => act({ do: 'decide', verdict, body: bodyConcerned(appeal) }))
    if (mode === 'decide' && verdict !== 'approve') reasonsPlace.current?.focus()
    if (mode === 'sign' && verdict === 'reject') notePlace.current?.focus()
  }
  function submit(): void {
    if (hindered === null && state.verdict !== null) void course.submit(state.verdict, draft, save, again)
  }
  const skip = useSteady((reason: string) => void course.skip(reason, save).then(closeSkip))
  useReviewKeys({
    mode,
    act,
    look: see,
    files: appeal.evidence.length,
    pages: shown.state === 'ready' ? shown.pages : 1,
    fitted,
    choose,
    submit,
    skip: openSkip,
    take: course.take,
    turnPane,
    note: () => notePlace.current?.focus(),
    tearOff,
    toShared,
  })

  // a draft of one who may no longer decide: another officer was first
  const lost = course.lost || (refused !== null && again === null) || mode === 'read'
  const saved = saving === 'untouched' ? '' : t(`saving.${saving}`)
  const common = { appeal, state, act, hindered, busy: course.busy, submit, saving: saved, notePlace }
  return (
    <section className={classes.review} data-mode={mode} data-appeal={appeal.id} data-claiming={claiming}>
      <MemoHead
        appeal={appeal}
        mode={mode}
        timeline={openTimeline}
        skip={openSkip}
        back={back}
        acts={acts}
        chooseAct={setActing}
      />
      {lost && !isEmptyDraft(draft) && (
        <Conflict appeal={appeal} mine={draft} accept={() => void course.acceptTheirs(refused?.id ?? null)} />
      )}
      <div className={classes.panes} ref={place}>
        <Panes orientation="horizontal" id="review" defaultLayout={paneSizes.now} onLayoutChanged={paneSizes.keep}>
          <Panel id="claim" minSize="18%">
            <section className={classes.pane} data-pane tabIndex={-1} aria-label={t('pane.claim')}>
              <ClaimPane
                appeal={appeal}
                state={state}
                act={act}
                mayEdit={judging}
                places={places}
                first={
                  mode === 'sign' && state.verdict !== null && !appeal.sealed ? (appeal.proposal?.fields ?? {}) : null
                }
              />
            </section>
          </Panel>
          <Separator className={classes.separator} aria-label={t('pane.resize')} />
          <Panel id="evidence" minSize="30%">
            <section className={classes.pane} data-pane tabIndex={-1} aria-label={t('pane.evidence')}>
              <MemoEvidence
                appeal={appeal.id}
                files={appeal.evidence}
                view={view}
                act={see}
                fitted={fitted}
                readings={readings}
                current={current}
                choose={goTo}
                tearOff={tearOff}
                atOnce={atOnce}
              />
            </section>
          </Panel>
          <Separator className={classes.separator} aria-label={t('pane.resize')} />
          <Panel id="facts" minSize="18%">
            <section className={classes.pane} data-pane tabIndex={-1} aria-label={t('pane.facts')}>
              {painted && <MemoFacts appeal={appeal} current={current} act={act} />}
            </section>
          </Panel>
        </Panes>
      </div>
      {mode === 'decide' && (
        <DecisionBar {...common} choose={choose} reasonsPlace={reasonsPlace} leaveReasons={() => focusPane(0)} />
      )}
      {mode === 'sign' && <SignBar {...common} choose={choose} />}
      {appeal.revocation && <RevocationBar appeal={appeal} revocation={appeal.revocation} officer={officer} />}
      {!appeal.revocation && (mode === 'take' || mode === 'read' || mode === 'pending') && (
        <TakeBar appeal={appeal} mode={mode} busy={course.busy} take={course.take} next={course.next} />
      )}
      {painted && (
        <>
          <MemoTimeline entries={appeal.timeline} opened={timeline} close={closeTimeline} />
          <MemoActs appeal={appeal} act={acting === 'letter' ? null : acting} close={closeAct} />
          <MemoLetters appeal={appeal} opened={acting === 'letter'} close={closeAct} />
          <MemoSkip opened={skipping} busy={course.busy} close={closeSkip} skip={skip} />
        </>
      )}
    </section>
  )
}
