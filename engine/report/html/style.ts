/** The look of the page: two schemes, print, and one column where there is little room. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #faf9f6; --card: #ffffff; --ink: #1b2027; --muted: #59626e; --line: #e4e1d9; --hover: #f3f1eb;
  --accent: #2c5f8f; --soft: #a8c4de; --removed: #8a8377;
  --good: #1c7446; --good-soft: #e2f1e8; --attention: #8a5600; --attention-soft: #fbf0d9; --bad: #b0271f; --bad-soft: #fbe6e3;
  --on-state: #ffffff;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", "P052", Charter, Georgia, "Noto Serif", serif;
  --mono: ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #13161a; --card: #1a1e23; --ink: #e7e5df; --muted: #a4acb6; --line: #2d333a; --hover: #22272d;
    --accent: #82b4e4; --soft: #3c6288; --removed: #9a9387;
    --good: #63c792; --good-soft: #17301f; --attention: #e5b455; --attention-soft: #33270d; --bad: #ff9187; --bad-soft: #3b1a17;
    --on-state: #13161a;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 var(--sans); font-variant-numeric: tabular-nums lining-nums; }
.hero, nav, main, footer { max-width: 74rem; margin-inline: auto; padding-inline: clamp(1rem, 4vw, 2.5rem); }
h1, h2 { font-family: var(--serif); font-weight: 600; letter-spacing: -0.01em; line-height: 1.15; text-wrap: balance; }
h1 { font-size: clamp(1.75rem, 1.1rem + 3vw, 3rem); margin: 0; }
h2 { font-size: 1.6rem; margin: 0 0 1rem; }
h3 { font-size: 1rem; font-weight: 600; margin: 0; }
p { margin: 0 0 1rem; max-width: 46rem; }
a { color: var(--accent); text-underline-offset: 0.2em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
main:focus { outline: none; }
code { font: 0.9em var(--mono); overflow-wrap: anywhere; }
.path { overflow-wrap: anywhere; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -100vw; top: 0; background: var(--card); padding: 0.75rem 1rem; z-index: 2; }
.skip:focus { left: 0; }
.note { color: var(--muted); font-size: 0.875rem; margin: 0; }

.hero { padding-block: clamp(2rem, 6vw, 4rem) 1.5rem; }
.kind { color: var(--muted); margin: 0 0 1.25rem; max-width: none; }
.verdict { display: flex; gap: clamp(0.9rem, 2.5vw, 1.75rem); align-items: flex-start; }
.symbol { flex: none; width: clamp(2.75rem, 7vw, 4.5rem); height: auto; overflow: visible; }
.symbol .mark { fill: none; stroke: var(--on-state); stroke-width: 2.4; stroke-linecap: round; stroke-linejoin: round; }
.good .symbol .shape { fill: var(--good); }
.attention .symbol .shape { fill: var(--attention); }
.bad .symbol .shape { fill: var(--bad); }
.state { margin: 0.6rem 0 0; color: var(--muted); }
.state strong { color: var(--good); }
.attention .state strong { color: var(--attention); }
.bad .state strong { color: var(--bad); }
.findings { list-style: none; margin: 1.75rem 0 0; padding: 0; border-top: 1px solid var(--line); }
.findings li { padding: 0.7rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
#age { margin: 1.25rem 0 0; color: var(--muted); }
.badge { display: inline-block; font-size: 0.8rem; font-weight: 600; line-height: 1.5; padding: 0 0.55em; border-radius: 1em; white-space: nowrap; margin-inline-end: 0.35em; }
.badge.good { color: var(--good); background: var(--good-soft); }
.badge.attention { color: var(--attention); background: var(--attention-soft); }
.badge.bad { color: var(--bad); background: var(--bad-soft); }
.badge.none { color: var(--muted); box-shadow: inset 0 0 0 1px var(--line); }

nav ul { border-block: 1px solid var(--line); list-style: none; display: flex; flex-wrap: wrap; gap: 0 1.4rem; margin: 0; padding: 0.35rem 0; font-size: 0.9rem; }
nav a { display: inline-block; padding: 0.4rem 0; text-decoration: none; }
nav a:hover { text-decoration: underline; }

main { padding-block: 2rem 1rem; }
section { margin-block: 0 3.25rem; scroll-margin-top: 1rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.25rem, 1fr)); gap: 1.5rem 1.25rem; margin: 0; }
.figures > div { border-top: 2px solid var(--line); padding-top: 0.6rem; }
dt { color: var(--muted); font-size: 0.875rem; }
dd { margin: 0; }
.value { display: block; font: 600 1.5rem/1.3 var(--serif); letter-spacing: -0.01em; }

.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr)); gap: 1.25rem; margin-bottom: 1rem; }
figure { margin: 0; min-width: 0; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.1rem 1.1rem 0.6rem; display: flex; flex-direction: column; }
.frame { container-type: inline-size; margin-block: auto 0.4rem; padding-top: 0.6rem; }
.chart { width: 100%; height: auto; display: block; overflow: visible; }
.chart.narrow { display: none; }
@container (max-width: 24rem) { .chart.wide { display: none; } .chart.narrow { display: block; } }
.tick { font-size: 12px; fill: var(--muted); font-family: var(--sans); }
.context { font-weight: 600; }
.grid, .mark { stroke: var(--line); stroke-width: 1; }
.zero { stroke: var(--muted); stroke-width: 1; }
.line { fill: none; stroke: var(--accent); stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
.area { fill: var(--soft); opacity: 0.28; }
circle.dot { fill: var(--card); stroke: var(--accent); stroke-width: 1.8; }
.partial.dot, .bar.partial { fill: var(--attention); stroke: var(--card); stroke-width: 1; }
.bar.one { fill: var(--accent); }
.bar.two { fill: var(--soft); }
.bar.three { fill: none; stroke: var(--removed); stroke-width: 1; fill: var(--removed); fill-opacity: 0.35; }
.bar.failed { fill: var(--bad); }
.bar.stale { fill: var(--attention); fill-opacity: 0.45; }
.chart g:hover > .bar { opacity: 0.75; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 0.3rem 1.2rem; margin: 0.4rem 0 0; padding: 0; font-size: 0.875rem; color: var(--muted); }
.legend li { display: flex; align-items: center; gap: 0.45rem; }
.key { width: 0.8rem; height: 0.8rem; }
.share { display: block; width: 8rem; height: 0.6rem; margin-top: 0.45rem; border-radius: 3px; }
.share.tall { width: 100%; max-width: 46rem; height: 0.9rem; margin-bottom: 1rem; }
.share .rest { fill: var(--line); }

details { margin-top: 0.5rem; min-width: 0; }
summary { cursor: pointer; color: var(--accent); font-size: 0.9rem; padding: 0.35rem 0; width: fit-content; }
.scroll { overflow: auto; max-height: 34rem; max-width: 100%; border: 1px solid var(--line); border-radius: 8px; background: var(--card); margin-bottom: 0.75rem; }
table { border-collapse: collapse; font-size: 0.875rem; }
.scroll table { width: 100%; }
.scroll caption { text-align: start; padding: 0.75rem 0.9rem 0.5rem; color: var(--muted); font-size: 0.875rem; }
.scroll th, .scroll td { text-align: start; vertical-align: top; padding: 0.42rem 0.7rem; font-weight: 400; }
.scroll th:first-child, .scroll caption { padding-inline-start: 0.9rem; }
.scroll td.prose, .scroll td.note { overflow-wrap: anywhere; font-size: inherit; }
.scroll td.prose { min-width: 15rem; }
.scroll td.note { min-width: 7rem; }
.scroll thead th { position: sticky; top: 0; background: var(--card); color: var(--muted); font-size: 0.8125rem; font-weight: 600; box-shadow: inset 0 -1px 0 var(--line); white-space: nowrap; z-index: 1; }
.scroll tbody tr + tr > * { border-top: 1px solid var(--line); }
.scroll tbody tr:hover { background: var(--hover); }
.scroll .number { text-align: end; white-space: nowrap; }
.scroll time { white-space: nowrap; }
.scroll .path { display: inline-block; min-width: 9rem; }
.plain { list-style: none; margin: 0; padding: 0; }
.pins { margin-bottom: 1.25rem; overflow-wrap: anywhere; }

.months { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 1.75rem 1.5rem; margin: 1.25rem 0; }
.month { font-size: 0.8125rem; width: 100%; max-width: 17rem; table-layout: fixed; align-self: start; }
.month caption { text-align: start; font-weight: 600; font-size: 0.9rem; padding-bottom: 0.35rem; }
.month th { color: var(--muted); font-weight: 400; padding: 0.15rem 0; }
.month th, .month td { text-align: center; }
.month td { padding: 1px; }
.day { display: inline-grid; place-items: center; position: relative; width: 1.9rem; height: 1.9rem; border-radius: 50%; color: var(--muted); }
.day.complete { background: var(--good); color: var(--on-state); font-weight: 600; }
.day.partial { color: var(--attention); font-weight: 600; box-shadow: inset 0 0 0 2px var(--attention); border-radius: 5px; }
.day.removed { background: none; color: var(--muted); font-weight: 400; box-shadow: inset 0 0 0 1px var(--line); text-decoration: line-through; }
.day.pinned::after { content: ""; position: absolute; right: -4px; top: -3px; width: 0.7rem; height: 0.7rem; border-radius: 50%; background: var(--accent); border: 2px solid var(--paper); }
.legend .day { font-size: 0.8125rem; width: 1.6rem; height: 1.6rem; }

.facts { display: grid; gap: 0.6rem; margin: 0; }
.facts > div { display: grid; grid-template-columns: 10rem 1fr; gap: 0 1.5rem; overflow-wrap: anywhere; }
@media (max-width: 36rem) { .facts > div { grid-template-columns: 1fr; } }
footer { color: var(--muted); font-size: 0.875rem; padding-bottom: 2.5rem; }
footer p { border-top: 1px solid var(--line); margin: 0; padding-top: 1.25rem; max-width: none; }

@media print {
  :root {
    color-scheme: light;
    --paper: #ffffff; --card: #ffffff; --ink: #000000; --muted: #444444; --line: #cccccc;
    --accent: #2c5f8f; --soft: #a8c4de; --removed: #8a8377;
    --good: #1c7446; --good-soft: #ffffff; --attention: #8a5600; --attention-soft: #ffffff; --bad: #b0271f; --bad-soft: #ffffff; --on-state: #ffffff;
  }
  body { font-size: 11pt; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  nav, .skip, summary, #age { display: none; }
  .scroll { max-height: none; overflow: visible; border: 0; }
  .scroll table { font-size: 7.5pt; }
  .scroll th, .scroll td { padding: 0.2rem 0.35rem; }
  .scroll thead th { font-size: 7.5pt; position: static; white-space: normal; }
  .scroll .number, .scroll time { white-space: normal; }
  .scroll td.prose, .scroll td.note, .scroll .path { min-width: 0; }
  .charts { grid-template-columns: 1fr 1fr; }
  figure, .month, tr { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
}
`;
