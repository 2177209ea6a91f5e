import { Menu, type MenuItemConstructorOptions } from 'electron'
import en from '../../resources/locales/en/menu.json' with { type: 'json' }
import kk from '../../resources/locales/kk/menu.json' with { type: 'json' }
import ru from '../../resources/locales/ru/menu.json' with { type: 'json' }
import type { MenuCommand } from '../contract/shell.ts'
import type { Lang } from '../contract/value.ts'

const TEXTS: Readonly<Record<Lang, typeof en>> = { kk, ru, en }

/** Menu texts of a language; also those of main's own dialogs. */
export const menuTexts = (language: Lang): typeof en => TEXTS[language]

/** Keys of the rooms in the rail's order: Ctrl+1 … Ctrl+7. */
const ROOMS = ['go-work', 'go-lookup', 'go-imports', 'go-registry', 'go-reports', 'go-audit', 'go-settings'] as const

/**
 * The menu bar in the officer's language.
 * @param run carries a command to the window
 */
export function deskMenu(language: Lang, run: (command: MenuCommand) => void): Menu {
  const text = menuTexts(language)
  const command = (name: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    id: name,
    label: text[name],
    click: () => run(name),
    ...(accelerator && { accelerator }),
  })
  const role = (name: keyof typeof en & MenuItemConstructorOptions['role']): MenuItemConstructorOptions => ({
    role: name,
    label: text[name],
  })
  const line: MenuItemConstructorOptions = { type: 'separator' }

  return Menu.buildFromTemplate([
    {
      label: text.file,
      submenu: [
        command('import-file', 'CmdOrCtrl+O'),
        command('sync-now', 'F5'),
        line,
        command('sign-out'),
        role('quit'),
      ],
    },
    {
      label: text.edit,
      submenu: [role('undo'), role('redo'), line, role('cut'), role('copy'), role('paste'), role('selectAll')],
    },
    {
      label: text.go,
      submenu: [
        ...ROOMS.map((room, index) => command(room, `CmdOrCtrl+${index + 1}`)),
        line,
        command('next-appeal', 'CmdOrCtrl+Shift+N'),
      ],
    },
    {
      label: text.view,
      submenu: [
        command('palette', 'CmdOrCtrl+K'),
        line,
        role('zoomIn'),
        role('zoomOut'),
        role('resetZoom'),
        line,
        role('togglefullscreen'),
      ],
    },
    { label: text.help, submenu: [command('shortcuts', 'F1'), role('about')] },
  ])
}
