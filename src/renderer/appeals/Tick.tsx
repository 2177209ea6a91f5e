import { useTranslation } from 'react-i18next'
import type { ComparisonResult } from '../../domain/appeal.ts'
import classes from './Tick.module.css'

const SHAPES: Readonly<Record<ComparisonResult, string>> = { match: '✓', contradict: '✕', unclear: '?', none: '·' }

interface Props {
  /** `none`: unseen. */
  readonly result: ComparisonResult
  /** Set by an officer; otherwise it is the machine's suggestion and dashed. */
  readonly confirmed: boolean
}

/** A verdict by shape and word; the word is for those who do not see the shape. */
export function Tick({ result, confirmed }: Props) {
  const { t } = useTranslation('appeals')
  const word = t(result === 'none' ? 'tick.unseen' : confirmed ? `tick.${result}` : `tick.suggested-${result}`)
  return (
    <span className={classes.tick} data-result={result} data-confirmed={confirmed} title={word}>
      <span aria-hidden>{SHAPES[result]}</span>
      <span className={classes.word}>{word}</span>
    </span>
  )
}
