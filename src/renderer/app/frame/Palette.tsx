import { Spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { KeyCap } from '../../ui/KeyCap.tsx'
import { useAllCommands } from '../commands.ts'

/** Ctrl+K: every command there is now, by name. */
export function Palette() {
  const { t } = useTranslation('common')
  const commands = useAllCommands()
  return (
    <Spotlight
      shortcut={null}
      highlightQuery
      scrollable
      maxHeight={420}
      nothingFound={t('palette.nothing')}
      searchProps={{
        placeholder: t('palette.placeholder'),
        'aria-label': t('palette.placeholder'),
        leftSection: <IconSearch size={18} aria-hidden />,
      }}
      actions={commands.map(({ id, label, icon: Icon, press, run }) => ({
        id,
        label,
        onClick: run,
        leftSection: <Icon size={18} stroke={1.7} aria-hidden />,
        rightSection: press ? <KeyCap press={press} /> : undefined,
      }))}
    />
  )
}
