import { Group, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Status } from '../../contract/engine/session.ts'
import { useKeys } from '../app/keys/useKeys.ts'
import { problemOf } from '../app/problems.ts'
import { useActing, useReading } from '../app/queries.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Seal } from '../ui/Seal.tsx'
import { Enrol } from './Enrol.tsx'
import { LanguageChoice } from './LanguageChoice.tsx'
import { OfficerList } from './OfficerList.tsx'
import classes from './SignIn.module.css'

/** First screen: language, then who sits at the desk. */
export function SignIn({ status }: { readonly status: Status }) {
  const { t } = useTranslation('signin')
  const officers = useReading('officers', {})
  const signIn = useActing('sign-in')
  const isUnknown = status.problem?.code === 'enrolment-needed' || status.problem?.code === 'enrolment-code-wrong'
  const choose = (officer: string): void => signIn.mutate({ officer })
  useKeys(
    t('title'),
    (officers.data ?? []).slice(0, 9).map((officer, at) => ({
      press: `Digit${at + 1}`,
      label: officer.name,
      run: () => choose(officer.id),
    })),
  )
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Group justify="space-between" align="center" className={classes.head}>
          <Group gap="sm">
            <span className={classes.seal}>
              <Seal size={40} />
            </span>
            <div>
              <Text fw={700} fz={22} lh={1.1}>
                {t('common:product')}
              </Text>
              <Text size="sm" c="dimmed">
                {t('subtitle')}
              </Text>
            </div>
          </Group>
          <LanguageChoice />
        </Group>
        <Stack gap="md" className={classes.body}>
          <Title order={1}>{t('title')}</Title>
          {status.sample && (
            <Text size="sm" className={classes.practice}>
              {t('practice')}
            </Text>
          )}
          {!status.online && status.link !== 'connecting' && !isUnknown && (
            <Text size="sm" className={classes.offline} role="status">
              {t('offline')}
            </Text>
          )}
          {isUnknown && status.problem && <ProblemCard problem={status.problem} />}
          {isUnknown && <Enrol />}
          {signIn.error && <ProblemCard problem={problemOf(signIn.error)} />}
          <Loaded query={officers} lines={7}>
            {(list) =>
              list.length === 0 ? (
                <EmptyState sentence={t(status.link === 'connecting' ? 'connecting' : 'nobody')} />
              ) : (
                <OfficerList
                  officers={list}
                  busy={signIn.isPending ? signIn.variables.officer : null}
                  choose={choose}
                />
              )
            }
          </Loaded>
        </Stack>
      </div>
    </main>
  )
}
