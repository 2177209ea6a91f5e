import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { questionOf } from '../../domain/question.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Screen } from '../ui/Screen.tsx'
import { Explanation } from './Explanation.tsx'
import { FoundPapers } from './FoundPapers.tsx'
import { LookupBox } from './LookupBox.tsx'
import { PastedList } from './PastedList.tsx'
import { keepPasted, pastedText } from './pastedTexts.ts'

/** One box: an IMEI explains itself, a pasted list is counted, a declaration, importer or appeal is found by its number. */
export function LookupScreen() {
  const { t } = useTranslation('lookup')
  const navigate = useNavigate()
  const search = useSearch({ from: '/lookup' })
  const { imei, at, q, list } = search
  const ask = (text: string): void => {
    const question = questionOf(text)
    if (question.kind === 'imeis' && question.imeis.length > 1)
      void navigate({ to: '/lookup', search: { list: keepPasted(text) } })
    else if (question.kind === 'imeis') void navigate({ to: '/lookup', search: { imei: question.imeis[0] ?? '' } })
    else void navigate({ to: '/lookup', search: question.kind === 'nothing' ? {} : { q: text.trim() } })
  }
  const pasted = list === undefined ? null : pastedText(list)
  return (
    <Screen facts title={t('title')}>
      <LookupBox asked={imei ?? q ?? ''} ask={ask} />
      {imei !== undefined && imei !== '' && (
        <Explanation
          imei={imei}
          at={at}
          setAt={(day) => void navigate({ to: '/lookup', search: { imei, ...(day && { at: day }) } })}
        />
      )}
      {q !== undefined && <FoundPapers text={q} />}
      {list !== undefined && pasted !== null && <PastedList key={list} text={pasted} name={list} />}
      {!imei && q === undefined && pasted === null && <EmptyState sentence={t('empty')} />}
    </Screen>
  )
}
