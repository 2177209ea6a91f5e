import './app/zodWithoutEval.ts'
import '@fontsource-variable/inter/wght.css'
import '@mantine/core/styles.css'
import '@mantine/dates/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import './index.css'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { runCommand } from './app/commands.ts'
import { listenToKeys } from './app/keys/useKeys.ts'
import { startLanguage, systemLanguage } from './i18n/language.ts'
import { UnlockApp } from './unlock/UnlockApp.tsx'

await startLanguage(window.tamga.start.language ?? systemLanguage(navigator.language))
listenToKeys()
window.tamga.onMenu(runCommand)

const place = document.getElementById('root')
if (!place) throw new Error('the page has no root')
// asked before the desk is open: main names the page by its hash
const unlock = /^#\/unlock\/(new|known)$/.exec(location.hash)
createRoot(place).render(unlock ? <UnlockApp isNew={unlock[1] === 'new'} /> : <App />)
