import { Button, Group, Textarea } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { typedDigit } from '../app/keys/typedDigit.ts'
import classes from './LookupBox.module.css'
import { pastedImeis } from '../../domain/pastedImeis.ts'

interface Props {
  readonly asked: string
  readonly ask: (text: string) => void
}

/** Takes digits by the place of the key and cleans what is pasted; Enter asks. */
export function LookupBox({ asked, ask }: Props) {
  const { t } = useTranslation('lookup')
  const [text, setText] = useState(asked)
  useEffect(() => setText(asked.split(' ').join('\n')), [asked])
  const count = pastedImeis(text).length
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
            const cleaned = pastedImeis(pasted)
            if (cleaned.length === 0) return
            event.preventDefault()
            setText(cleaned.join('\n'))
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
