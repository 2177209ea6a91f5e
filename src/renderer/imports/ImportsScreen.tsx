import { Button } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { notifyProblem } from '../app/notify.tsx'
import { engine } from '../app/queries.ts'
import { useMay } from '../app/session.ts'
import { Screen } from '../ui/Screen.tsx'
import { BatchList } from './BatchList.tsx'
import { BatchPage } from './BatchPage.tsx'
import { ImportWizard } from './ImportWizard.tsx'
import { pickFile, resume, useWizard } from './wizard.ts'

const route = getRouteApi('/imports')

/** Imports: the import under way, or one batch, or all of them. */
export function ImportsScreen() {
  const { t } = useTranslation(['imports', 'common'])
  const { pick, batch } = route.useSearch()
  const navigate = route.useNavigate()
  const wizard = useWizard()
  const mayImport = useMay('import')
  const choose = (): void => void pickFile(t('pick'), t('spreadsheets')).catch(notifyProblem)

  // biome-ignore lint/correctness/useExhaustiveDependencies: opens once for each wish, not again when the language changes
  useEffect(() => {
    if (!pick) return
    void navigate({ search: {}, replace: true })
    if (mayImport) choose()
  }, [pick])

  useEffect(() => {
    if (!batch) return
    void engine
      .call('staged-batches', {})
      .then((all) => {
        const staged = all.find((one) => one.batch === batch)
        if (!staged) return
        resume(staged)
        void navigate({ search: {}, replace: true })
      })
      .catch(notifyProblem)
  }, [batch, navigate])

  if (wizard) return <ImportWizard wizard={wizard} />
  if (batch) return <BatchPage id={batch} />
  return (
    <Screen
      facts
      title={t('common:rail.imports')}
      actions={
        mayImport && (
          <Button leftSection={<IconFileImport size={18} aria-hidden />} onClick={choose} data-testid="import-file">
            {t('import')}
          </Button>
        )
      }
    >
      <BatchList choose={mayImport ? choose : null} />
    </Screen>
  )
}
