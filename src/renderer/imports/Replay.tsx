import { Checkbox, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useStepText } from './fix/useStepText.ts'
import { setWizard, type Wizard } from './wizard.ts'

/** Corrections that were made in the sender's last file, offered for this one: each can be left out. */
export function Replay({ wizard }: { readonly wizard: Wizard }) {
  const { t } = useTranslation('imports')
  const textOf = useStepText()
  const offered = wizard.inspected?.profile?.steps ?? []
  if (offered.length === 0) return null
  const chosen = new Set(wizard.replay.map(({ id }) => id))
  return (
    <Stack gap={6} data-testid="replay" mt="md">
      <Text size="sm" fw={600}>
        {t('replay')}
      </Text>
      {offered.map((step) => (
        <Checkbox
          key={step.id}
          label={textOf(step)}
          checked={chosen.has(step.id)}
          onChange={(event) => {
            const wanted = event.currentTarget.checked
            setWizard({ replay: offered.filter(({ id }) => (id === step.id ? wanted : chosen.has(id))) })
          }}
        />
      ))}
    </Stack>
  )
}
