import { Outlet, useLocation } from '@tanstack/react-router'
import { SignIn } from '../../signin/SignIn.tsx'
import { useOfficer, useStatus } from '../session.ts'
import { CheatSheet } from './CheatSheet.tsx'
import classes from './Frame.module.css'
import { GlobalCommands } from './GlobalCommands.tsx'
import { OfflineBar } from './OfflineBar.tsx'
import { Palette } from './Palette.tsx'
import { Rail } from './Rail.tsx'
import { ScreenBoundary } from './ScreenBoundary.tsx'
import { StatusBar } from './StatusBar.tsx'

/** The window once the engine answers: sign-in first, then rail, screen and status bar. */
export function Frame() {
  const status = useStatus()
  const officer = useOfficer()
  const alone = useLocation({ select: ({ pathname }) => pathname.startsWith('/papers/') })
  if (!status) return <div className={classes.waiting} aria-busy="true" />
  if (officer && alone)
    return (
      <main className={classes.alone}>
        <CheatSheet />
        <ScreenBoundary>
          <Outlet />
        </ScreenBoundary>
      </main>
    )
  return (
    <>
      <CheatSheet />
      {officer ? (
        <div className={classes.frame}>
          <GlobalCommands />
          <Palette />
          <Rail />
          <div className={classes.right}>
            <OfflineBar status={status} />
            <main className={classes.screen} id="screen" tabIndex={-1}>
              <ScreenBoundary>
                <Outlet />
              </ScreenBoundary>
            </main>
          </div>
          <StatusBar status={status} officer={officer} />
        </div>
      ) : (
        <SignIn status={status} />
      )}
    </>
  )
}
