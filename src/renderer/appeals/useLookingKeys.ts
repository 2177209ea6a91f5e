import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyBinding } from '../app/keys/keyboard.ts'
import { useKeys } from '../app/keys/useKeys.ts'
import type { ViewerAct } from './viewerState.ts'

export interface Looking {
  readonly look: (act: ViewerAct) => void
  readonly files: number
  readonly pages: number
  readonly fitted: RefObject<number>
}

/** The keys of looking at papers, by position; `more` stand with them on the sheet of keys. */
export function useLookingKeys({ look, files, pages, fitted }: Looking, more: readonly KeyBinding[]): void {
  const { t } = useTranslation('appeals')
  const key = (press: string, name: string, act: ViewerAct): KeyBinding => ({
    press,
    label: t(`key.${name}`),
    run: () => look(act),
  })
  useKeys(t('keys.looking'), [
    key('KeyQ', 'previous-file', { do: 'turn-files', by: -1, files }),
    key('KeyE', 'next-file', { do: 'turn-files', by: 1, files }),
    key('BracketLeft', 'turn-left', { do: 'rotate', by: -1 }),
    key('BracketRight', 'turn-right', { do: 'rotate', by: 1 }),
    key('KeyZ', 'loupe', { do: 'loupe' }),
    key('KeyC', 'beside', { do: 'beside', files }),
    key('KeyX', 'contrast', { do: 'contrast' }),
    { press: 'Minus', label: t('key.smaller'), run: () => look({ do: 'zoom', by: 0.8, fit: fitted.current }) },
    { press: 'Equal', label: t('key.larger'), run: () => look({ do: 'zoom', by: 1.25, fit: fitted.current }) },
    key('KeyF', 'fit', { do: 'fit' }),
    key('Comma', 'previous-page', { do: 'page', by: -1, pages }),
    key('Period', 'next-page', { do: 'page', by: 1, pages }),
    ...more,
  ])
}
