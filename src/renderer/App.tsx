import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import classes from './App.module.css'
import { FollowSettings } from './app/FollowSettings.tsx'
import { queryClient } from './app/queries.ts'
import { cssVariables, theme } from './app/theme.ts'
import { DateWords } from './i18n/DateWords.tsx'
import { router } from './router.tsx'

/** The whole window. */
export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <FollowSettings />
        <Notifications position="bottom-right" limit={4} classNames={{ root: classes.notices ?? '' }} />
        <DateWords>
          <RouterProvider router={router} />
        </DateWords>
      </MantineProvider>
    </QueryClientProvider>
  )
}
