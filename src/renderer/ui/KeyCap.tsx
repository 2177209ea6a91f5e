import { keyCaps } from '../app/keys/keyboard.ts'
import classes from './KeyCap.module.css'

/** A key press drawn as key caps. */
export function KeyCap({ press }: { readonly press: string }) {
  return (
    <span className={classes.press}>
      {keyCaps(press).map((cap) => (
        <kbd className={classes.cap} key={cap}>
          {cap}
        </kbd>
      ))}
    </span>
  )
}
