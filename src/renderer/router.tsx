import { createHashHistory, createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { z } from 'zod'
import { zGridFilter } from '../contract/gridFilter.ts'
import { zIsoDate } from '../contract/value.ts'
import { Frame } from './app/frame/Frame.tsx'
import { AppealQueue } from './appeals/AppealQueue.tsx'
import { AppealReview } from './appeals/AppealReview.tsx'
import { PapersWindow } from './appeals/PapersWindow.tsx'
import { QUEUE_VIEWS } from './appeals/queueViews.ts'
import { SupervisionScreen } from './appeals/SupervisionScreen.tsx'
import { AuditScreen } from './audit/AuditScreen.tsx'
import { ImportsScreen } from './imports/ImportsScreen.tsx'
import { LookupScreen } from './lookup/LookupScreen.tsx'
import { RegistryScreen } from './registry/RegistryScreen.tsx'
import { REGISTRY_VIEWS } from './registry/registryViews.ts'
import { ReportsScreen } from './reports/ReportsScreen.tsx'
import { SettingsScreen } from './settings/SettingsScreen.tsx'
import { WorkScreen } from './work/WorkScreen.tsx'

const root = createRootRoute({ component: Frame })
const at = { getParentRoute: () => root }

const routes = [
  createRoute({ ...at, path: '/', component: WorkScreen }),
  createRoute({
    ...at,
    path: '/lookup',
    component: LookupScreen,
    /** `q`: a declaration, an IIN or BIN, an appeal. `list`: a pasted list by its name in the window. */
    validateSearch: z.object({
      imei: z.string().optional(),
      at: zIsoDate.optional(),
      q: z.string().optional(),
      list: z.string().optional(),
    }),
  }),
  createRoute({
    ...at,
    path: '/imports',
    component: ImportsScreen,
    /** `pick`: open the file dialog at once. `batch`: show this batch. */
    validateSearch: z.object({ pick: z.boolean().optional(), batch: z.string().optional() }),
  }),
  createRoute({
    ...at,
    path: '/registry',
    component: RegistryScreen,
    /** `run`: this block run. `clone`: this case. `filter`: the lists by it. */
    validateSearch: z.object({
      show: z.enum(REGISTRY_VIEWS).optional(),
      run: z.string().optional(),
      clone: z.string().optional(),
      filter: zGridFilter.optional(),
    }),
  }),
  createRoute({
    ...at,
    path: '/reports',
    component: ReportsScreen,
    /** The question to begin with; what is not named is as always. */
    validateSearch: z.object({
      report: z.string().optional(),
      by: z.string().optional(),
      from: zIsoDate.optional(),
      to: zIsoDate.optional(),
    }),
  }),
  createRoute({ ...at, path: '/audit', component: AuditScreen }),
  createRoute({ ...at, path: '/settings', component: SettingsScreen }),
  createRoute({
    ...at,
    path: '/appeals',
    component: AppealQueue,
    validateSearch: z.object({ show: z.enum(QUEUE_VIEWS).optional() }),
  }),
  createRoute({ ...at, path: '/appeals/supervision', component: SupervisionScreen }),
  createRoute({ ...at, path: '/appeals/$id', component: AppealReview }),
  createRoute({ ...at, path: '/papers/$id', component: PapersWindow }),
] as const

/** Screens of the desk by address; a hash, since the pages come from the app's own protocol. */
export const router = createRouter({
  routeTree: root.addChildren([...routes]),
  history: createHashHistory(),
  defaultPreload: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
