/** Tabs of the registry's screen, by address. */
export const REGISTRY_VIEWS = ['lists', 'runs', 'operators', 'clones', 'policy'] as const
