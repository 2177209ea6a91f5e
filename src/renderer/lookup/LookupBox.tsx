import { Button, Group, Textarea } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pastedImeis } from '../../domain/pastedImeis.ts'
import { questionOf } from '../../domain/question.ts'
import { typedDigit } from '../app/keys/typedDigit.ts'
import classes from './LookupBox.module.css'

/** Codes of a pasted list that the box still shows. */
const MOST_SHOWN = 200
const LONG = 20_000

interface Props {
  readonly asked: string
  readonly ask: (text: string) => void
}

/** Takes digits by the place of the key and cleans what is pasted; Enter asks. */
export function LookupBox({ asked, ask }: Props) {
  const { t } = useTranslation('lookup')
  const [text, setText] = useState(asked)
  useEffect(() => {
    if (asked !== '') setText(asked)
  }, [asked])
  // what is longer is asked as it is pasted
  const count = text.length > LONG ? 0 : pastedImeis(text).length
  return (
    <form
      className={classes.box}
      onSubmit={(event) => {
        event.preventDefault()
        ask(text)
      }}
    >
      <Group align="flex-end" gap="sm" wrap="nowrap">
        <Textarea
          className={classes.field}
          classNames={{ input: classes.input ?? '' }}
          label={t('box.label')}
          description={t('box.hint')}
          placeholder={t('box.placeholder')}
          autosize
          autoFocus
          minRows={1}
          maxRows={6}
          size="md"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey) {
              event.preventDefault()
              ask(text)
            }
            const digit = typedDigit(event.nativeEvent)
            if (digit !== null) {
              event.preventDefault()
              document.execCommand('insertText', false, digit)
            }
          }}
          onPaste={(event) => {
            const pasted = event.clipboardData.getData('text')
            const question = questionOf(pasted)
            if (question.kind === 'nothing') return
            event.preventDefault()
            // thousands of lines in a field would hold the window up
            if (question.kind !== 'imeis') setText(pasted.trim())
            else setText(question.imeis.length > MOST_SHOWN ? '' : question.imeis.join('\n'))
            ask(pasted)
          }}
        />
        <Button type="submit" size="md" leftSection={<IconSearch size={18} aria-hidden />}>
          {count > 1 ? t('box.ask-many', { count }) : t('box.ask')}
        </Button>
      </Group>
    </form>
  )
}
