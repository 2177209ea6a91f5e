import { ActionIcon, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { engine } from '../app/queries.ts'
import { shell } from '../app/shell.ts'

/** Writes the papers of an appeal into a folder: as they were handed in, or as copies without what cameras wrote into them. */
export function SavePapers({ appeal }: { readonly appeal: string }) {
  const { t } = useTranslation('appeals')
  async function save(copies: boolean): Promise<void> {
    try {
      const target = await shell('pick-folder', { title: t('save.title') })
      if (!target) return
      const files = await engine.call('save-evidence', { id: appeal, target: target.token, copies })
      notifyDone(t('save.saved', { count: files.length }))
    } catch (error) {
      notifyProblem(error)
    }
  }
  return (
    <Menu position="top-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          c="inherit"
          title={t('save.title')}
          aria-label={t('save.title')}
          data-testid="save-papers"
        >
          <IconDownload size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void save(true)} data-testid="save-copies">
          {t('save.copies')}
        </Menu.Item>
        <Menu.Item onClick={() => void save(false)} data-testid="save-originals">
          {t('save.originals')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
