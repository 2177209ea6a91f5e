import { Loader } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFilling } from '../app/session.ts'
import { EmptyState } from './EmptyState.tsx'

interface Props {
  /** One sentence. */
  readonly sentence: string
  /** One action. */
  readonly action?: ReactNode
}

/** No row of what the registry sends: there is none, or a desk that is still being filled does not have it yet. */
export function NothingHere({ sentence, action }: Props) {
  const { t } = useTranslation('common')
  const filling = useFilling()
  if (filling === 'filled') return <EmptyState sentence={sentence} action={action} />
  return (
    <div aria-busy={filling === 'coming'} data-filling={filling}>
      <EmptyState sentence={t(`filling.${filling}`)} icon={filling === 'coming' ? <Loader size="sm" /> : undefined} />
    </div>
  )
}
