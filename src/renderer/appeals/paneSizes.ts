import type { Layout, LayoutChangedMeta } from 'react-resizable-panels'

let sizes: Layout = { claim: 27, evidence: 46, facts: 27 }

/** Shares of the review's panes in percent: as the officer set them last, for all appeals until the window is closed. */
export const paneSizes = {
  get now(): Layout {
    return sizes
  },
  keep: (layout: Layout, { isUserInteraction }: LayoutChangedMeta): void => {
    if (isUserInteraction) sizes = layout
  },
} as const
