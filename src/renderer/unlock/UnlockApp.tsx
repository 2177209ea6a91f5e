import { MantineProvider } from '@mantine/core'
import { cssVariables, theme } from '../app/theme.ts'
import { Unlock } from './Unlock.tsx'

/** The whole window before the desk is open: no engine, no settings yet. `isNew`: a passphrase is chosen. */
export function UnlockApp({ isNew }: { readonly isNew: boolean }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Unlock isNew={isNew} />
    </MantineProvider>
  )
}
