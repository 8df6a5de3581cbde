"""How the HTML of a contract looks: one style sheet inside the file, for screen and for printing."""

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 1rem; color: #0b0c0c; background: #fff;
  font: 1rem/1.5 "Noto Sans", "Noto Sans Arabic", "Noto Sans Bengali", "Noto Sans Devanagari",
    "Noto Sans Ethiopic", system-ui, sans-serif; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
.pair { display: flex; gap: 1.5rem; flex-wrap: wrap; }
.pair > * { flex: 1 1 17rem; }
.notice { border-inline-start: 4px solid #b58800; background: #fff7e0;
  padding: .5rem .75rem; margin: .5rem 0; }
.notice p { margin: 0; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; margin: 0 0 1rem; }
th, td { border: 1px solid #b1b4b6; padding: .4rem .6rem; vertical-align: top; text-align: start;
  overflow-wrap: anywhere; }
thead { display: table-header-group; }
thead th { background: #0b4f6c; color: #fff; border-color: #0b4f6c; }
.number { width: 3.6rem; font-variant-numeric: tabular-nums; color: #333;
  text-align: start; font-weight: 400; }
.clause th { background: #eef4f7; }
.group th { background: #d6e6ee; font-size: 1.05rem; }
.fact.pair { gap: 0 1.5rem; }
.fact { border-bottom: 1px solid #b1b4b6; break-inside: avoid; }
.fact p { margin: 0; padding: .3rem 0; display: grid; grid-template-columns: 40% 1fr; gap: .5rem; }
.fact span { color: #333; }
.sign { width: 1.3em; height: 1.3em; vertical-align: -.3em; fill: #0b0c0c; }
tr { break-inside: avoid; }
.blocks { display: grid; grid-template-columns: repeat(auto-fill, minmax(19rem, 1fr)); gap: 1rem; }
.block { border: 1px solid #505a5f; padding: .75rem; break-inside: avoid; }
.block h3 { font-size: 1rem; margin: 0 0 .5rem; }
.block p { margin: 0 0 .5rem; }
.both { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; }
.block dl { margin: 0; }
.block dt { font-size: .875rem; color: #333; }
.block dd { margin: 0 0 .4rem; min-height: 1.9rem; border-bottom: 1px solid #505a5f; }
.thumb, .stamp { border: 1px dashed #505a5f; margin-top: .5rem; padding: .25rem; font-size: .875rem; }
.thumb { width: 30mm; height: 40mm; }
.stamp { height: 30mm; }
.card { border: 2px dashed #0b0c0c; padding: 3mm; width: 100%; max-width: 120mm; min-height: 54mm;
  margin-top: 1rem; break-inside: avoid; }
.card h2 { margin: 0; font-size: 1rem; }
.card p { margin: 0; font-size: .9rem; }
.card dl { margin: .25rem 0 0; font-size: .9rem; }
.card dd { margin: 0 0 .3rem; font-weight: 700; }
.foot .both { justify-content: flex-start; }
.foot { border-top: 1px solid #505a5f; margin-top: 2rem; padding-top: .5rem; font-size: .875rem; }
.check { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start; break-inside: avoid; }
.check > div { flex: 1 1 17rem; overflow-wrap: anywhere; }
.check p { margin: 0 0 .5rem; }
.code { width: 32mm; height: 32mm; flex: none; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } .first { break-after: page; }
  h2 { break-after: avoid; } .clause { break-after: avoid; } }
"""
