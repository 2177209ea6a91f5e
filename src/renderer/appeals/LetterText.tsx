import type { LetterBlock } from '../../contract/letterTemplate.ts'
import classes from './LetterPreview.module.css'

interface Props {
  readonly blocks: readonly LetterBlock[]
  readonly language: 'kk' | 'ru'
}

/** A letter's paragraphs, in the letter's own language. */
export function LetterText({ blocks, language }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long letter is scrolled by keyboard
    <div lang={language} className={classes.letter} tabIndex={0} data-testid="letter">
      {blocks.map(({ kind, text }, at) => {
        const key = `${at} ${text}`
        if (kind === 'title') return <h3 key={key}>{text}</h3>
        return (
          <p key={key} className={kind === 'item' ? classes.item : undefined}>
            {text}
          </p>
        )
      })}
    </div>
  )
}
