import { Outlet, useLocation } from '@tanstack/react-router'
import { memo } from 'react'
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

/** The status changes with everything that is synchronised; these look at their own part of it. */
const MemoKeys = memo(CheatSheet)
const MemoCommands = memo(GlobalCommands)
const MemoPalette = memo(Palette)
const MemoRail = memo(Rail)

/** The window once the engine answers: sign-in first, then rail, screen and status bar. */
export function Frame() {
  const status = useStatus()
  const officer = useOfficer()
  const alone = useLocation({ select: ({ pathname }) => pathname.startsWith('/papers/') })
  if (!status) return <div className={classes.waiting} aria-busy="true" />
  if (officer && alone)
    return (
      <main className={classes.alone}>
        <MemoKeys />
        <ScreenBoundary>
          <Outlet />
        </ScreenBoundary>
      </main>
    )
  return (
    <>
      <MemoKeys />
      {officer ? (
        <div className={classes.frame}>
          <MemoCommands />
          <MemoPalette />
          <MemoRail />
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
