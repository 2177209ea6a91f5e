export const STYLE_PATH = '/page/tamga.css'

/** One style sheet for all pages: readable on a small phone, in dark and in forced colours, contrast at least 4.5 : 1. */
export const STYLES = `:root {
  color-scheme: light dark;
  --ink: #1a2230; --quiet: #4b5768; --paper: #ffffff; --edge: #8793a3; --link: #0b57a4; --accent: #00695c;
  --white: #e8f5ee; --grey: #eceff3; --black: #1f2329; --black-ink: #ffffff; --wrong: #a3180c;
}
@media (prefers-color-scheme: dark) {
  :root { --ink: #eef1f5; --quiet: #b9c2cf; --paper: #14181f; --edge: #75808f; --link: #8cc2ff; --accent: #35b8a6;
    --white: #123326; --grey: #2a313b; --black: #000000; --black-ink: #ffffff; --wrong: #ff9a8d; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.5 system-ui, 'Noto Sans', sans-serif; }
header, main, footer { max-width: 44rem; margin: 0 auto; padding: 1rem; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; border-bottom: 1px solid var(--edge); }
.site { font-weight: 700; margin: 0; flex: 1 1 14rem; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: 0; padding: 0; }
a { color: var(--link); }
nav a { display: inline-block; padding: .4rem 0; min-height: 1.75rem; }
a[aria-current] { color: var(--ink); font-weight: 700; text-decoration: none; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 1rem 0; }
h2 { font-size: 1.2rem; margin: 1.5rem 0 .5rem; }
label, legend { display: block; font-weight: 600; margin: 1rem 0 .25rem; }
fieldset { border: 1px solid var(--edge); border-radius: .4rem; margin: 1rem 0; padding: 0 1rem 1rem; }
input, select, textarea { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--edge); border-radius: .4rem;
  padding: .6rem .75rem; width: 100%; max-width: 28rem; }
input[type=checkbox], input[type=radio] { width: 1.25rem; height: 1.25rem; vertical-align: middle; margin-right: .5rem; }
input[type=file] { max-width: 100%; }
button { font: inherit; font-weight: 600; color: var(--paper); background: var(--accent); border: 1px solid transparent;
  border-radius: .4rem; padding: .65rem 1.25rem; margin: 1rem 0; cursor: pointer; min-height: 2.75rem; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.hint, footer { color: var(--quiet); font-size: .95rem; }
.hint { margin: .25rem 0; }
.wrong { color: var(--wrong); font-weight: 600; margin: .25rem 0; }
[aria-invalid=true] { border: 2px solid var(--wrong); }
.answer { border: 1px solid var(--edge); border-left-width: .6rem; border-radius: .4rem; padding: 1rem; margin: 1.5rem 0; }
.answer h2 { margin-top: 0; }
.answer.white { background: var(--white); border-color: var(--accent); }
.answer.grey { background: var(--grey); }
.answer.black { background: var(--black); color: var(--black-ink); }
.number { font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .25rem 1rem; }
dt { font-weight: 600; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .4rem .5rem; border-bottom: 1px solid var(--edge); }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem; z-index: 1; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`
