import type { EngineClient } from './engineClient.ts'

/** Says an officer's name for a sign-in name, as the window does; the sign-in name itself for one this desk does not know, nothing for nobody. */
export async function officerNames(engine: EngineClient): Promise<(id: string | null | undefined) => string> {
  const names = new Map((await engine.call('officers', {})).map(({ id, name }) => [id, name]))
  return (id) => names.get(id ?? '') ?? id ?? ''
}
