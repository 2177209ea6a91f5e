/** Tabs of the registry's screen, by address. */
export const REGISTRY_VIEWS = ['lists', 'runs', 'notices', 'operators', 'clones', 'declared', 'policy'] as const
