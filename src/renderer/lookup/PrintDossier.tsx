import { Button, Menu } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { engine } from '../app/queries.ts'
import { shell } from '../app/shell.ts'

const LANGUAGES = ['kk', 'ru', 'en'] as const
type Language = (typeof LANGUAGES)[number]

/** Writes the dossier as a PDF in the language it is wanted in, which need not be the officer's. */
export function PrintDossier({ imei, at }: { readonly imei: string; readonly at: string | undefined }) {
  const { t } = useTranslation(['lookup', 'common'])
  const [busy, setBusy] = useState(false)
  const print = async (language: Language): Promise<void> => {
    const target = await shell('pick-target', { title: t('print.title'), suggested: `imei-${imei}-${language}.pdf` })
    if (!target) return
    setBusy(true)
    try {
      const job = crypto.randomUUID()
      const written = await engine.call('dossier-pdf', { imei, ...(at && { at }), language, target: target.token, job })
      notifyDone(
        written.checkpoint === null
          ? t('print.unproved', { file: target.name })
          : t('print.proved', { file: target.name, count: written.proofs.length }),
      )
    } finally {
      setBusy(false)
    }
  }
  return (
    <Menu position="bottom-end" withinPortal={false}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconPrinter size={18} aria-hidden />}
          loading={busy}
          data-testid="print-dossier"
        >
          {t('print.button')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {LANGUAGES.map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            onClick={() => void print(language).catch(notifyProblem)}
            data-testid={`print-${language}`}
          >
            {t(`common:language.name.${language}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
