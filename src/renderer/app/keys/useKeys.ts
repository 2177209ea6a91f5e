import { useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { bindingFor, isChoosing, isTyping, type KeyBinding, type KeyGroup } from './keyboard.ts'

let groups: readonly KeyGroup[] = []
let singleKeys = true
const listeners = new Set<() => void>()

function setGroups(next: readonly KeyGroup[]): void {
  groups = next
  for (const tell of listeners) tell()
}

/** Switches all single keys off or on (settings). */
export function allowSingleKeys(allowed: boolean): void {
  singleKeys = allowed
}

/** Starts listening; once, when the window starts. */
export function listenToKeys(): void {
  window.addEventListener('keydown', (event) => {
    const target = event.target instanceof HTMLElement ? event.target : null
    const binding = bindingFor(groups, event, {
      singleKeys,
      typing: isTyping(target),
      choosing: isChoosing(target),
      inDialog: target?.closest('[aria-modal="true"]') != null,
    })
    if (!binding) return
    event.preventDefault()
    binding.run(event)
  })
}

/** Keys that work while the calling component is on screen, under a title of the cheat sheet. The last mounted comes first. */
export function useKeys(title: string, bindings: readonly KeyBinding[]): void {
  const latest = useRef(bindings)
  latest.current = bindings
  const shape = JSON.stringify([title, bindings.map(({ press, label, whileTyping }) => [press, label, whileTyping])])
  // before it is painted: a key that comes with the first frame belongs to what that frame shows
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for title and bindings; their functions are read through the ref
  useLayoutEffect(() => {
    const group: KeyGroup = {
      title,
      bindings: latest.current.map((binding, at) => ({
        ...binding,
        run: (event) => latest.current[at]?.run(event),
      })),
    }
    setGroups([...groups, group])
    return () => setGroups(groups.filter((other) => other !== group))
  }, [shape])
}

const subscribe = (tell: () => void): (() => void) => {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

/** All keys that work now, for the cheat sheet. */
export const useKeyGroups = (): readonly KeyGroup[] => useSyncExternalStore(subscribe, () => groups)
