import type { Icon } from '@tabler/icons-react'
import { useEffect, useRef, useSyncExternalStore } from 'react'

/** Something the officer can do now, from the palette, the menu bar or a key. */
export interface Command {
  readonly id: string
  /** In the officer's language. */
  readonly label: string
  readonly icon: Icon
  readonly run: () => void
  /** Key that does the same, shown beside it. */
  readonly press?: string
}

let groups: readonly (readonly Command[])[] = []
const listeners = new Set<() => void>()

function setGroups(next: readonly (readonly Command[])[]): void {
  groups = next
  flat = next.flat()
  for (const tell of listeners) tell()
}
let flat: readonly Command[] = []

/** Offers commands while the calling component is on screen. */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands)
  latest.current = commands
  const shape = JSON.stringify(commands.map(({ id, label, press }) => [id, label, press]))
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for the commands; their functions are read through the ref
  useEffect(() => {
    const group = latest.current.map((command, at) => ({ ...command, run: () => latest.current[at]?.run() }))
    setGroups([...groups, group])
    return () => setGroups(groups.filter((other) => other !== group))
  }, [shape])
}

const subscribe = (tell: () => void): (() => void) => {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

/** Every command there is now, the screen's own last. */
export const useAllCommands = (): readonly Command[] => useSyncExternalStore(subscribe, () => flat)

/** Runs a command by its id (menu bar); does nothing when it is not offered now. */
export const runCommand = (id: string): void => flat.findLast((command) => command.id === id)?.run()
