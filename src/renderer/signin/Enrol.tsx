import { Box, Button, Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '../app/problems.ts'
import { useActing } from '../app/queries.ts'
import { ProblemCard } from '../ui/ProblemCard.tsx'

/** A desk that its registry does not know yet: the code of an admin makes it one of the registry's. */
export function Enrol() {
  const { t } = useTranslation('signin')
  const [code, setCode] = useState('')
  const enrol = useActing('enrol-desk')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        enrol.mutate({ code })
      }}
    >
      <Group align="end" gap="sm" wrap="nowrap">
        <TextInput
          flex={1}
          label={t('enrol.code')}
          description={t('enrol.hint')}
          value={code}
          autoComplete="off"
          spellCheck={false}
          data-testid="enrol-code"
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" loading={enrol.isPending} disabled={code.trim() === ''} data-testid="enrol">
          {t('enrol.do')}
        </Button>
      </Group>
      {enrol.error && (
        <Box mt="sm">
          <ProblemCard problem={problemOf(enrol.error)} />
        </Box>
      )}
    </form>
  )
}
