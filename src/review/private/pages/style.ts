/** Contrast of 4.5 and more on light and on dark; on paper black on white. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1a1d21;--dim:#545b64;--page:#fff;--card:#f6f7f9;--line:#d5d9e0;--base:#3450c4;--qualys:#b24a06;--bad:#c22525;--good:#1f7a33;--other:#545b64}
@media(prefers-color-scheme:dark){:root{--ink:#e8eaed;--dim:#a6adb8;--page:#14161a;--card:#1e2126;--line:#3a3f48;--base:#8ea4ff;--qualys:#f59f5a;--bad:#ff8080;--good:#6fd388;--other:#a6adb8}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
main{max-width:1120px;margin:0 auto;padding:32px 24px 64px}
h1{font-size:28px;line-height:1.2;margin:0 0 4px}
h2{font-size:19px;margin:40px 0 8px}
p{margin:4px 0}
.headline{font-size:19px}
.counts,nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:8px;padding:0;margin:12px 0}
.counts li{border:1px solid var(--line);border-radius:999px;padding:1px 12px;color:var(--dim);font-size:14px}
.counts b{color:var(--ink)}
.counts .bad,.counts .bad b{color:var(--bad);border-color:var(--bad);font-weight:700}
nav{font-size:14px}
a{color:var(--base)}
.skip{position:absolute;left:-9999px}
.skip:focus{left:8px;top:8px;background:var(--page);padding:8px}
:focus-visible{outline:3px solid var(--base);outline-offset:2px}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:15px}
th,td{text-align:left;vertical-align:top;padding:9px 14px 9px 0;border-bottom:1px solid var(--line);overflow-wrap:break-word;max-width:24rem}
thead th{color:var(--dim);font-size:14px;border-bottom-width:2px}
tbody th{font-weight:400}
td p,th p{margin:0}
td p+p{margin-top:2px}
code{font:14px/1.5 ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace}
.dim{color:var(--dim);font-size:14px}
.verdict{font-weight:700;white-space:nowrap}
.widened,.weaker,.flaw{color:var(--bad)}
.flaw{font-weight:700}
.moved,.unknown{color:var(--qualys)}
.narrowed{color:var(--good)}
.look{margin:0;padding:12px 16px 12px 32px;background:var(--card);border-left:4px solid var(--bad);border-radius:0 8px 8px 0}
summary{cursor:pointer}
@media(max-width:760px){.wide table{min-width:56rem}.wide{background:linear-gradient(to left,var(--line),transparent 10px) right/10px 100% no-repeat}}
svg{display:block;min-width:820px;width:100%;height:auto}
svg text{fill:var(--ink);font-family:system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;font-size:13px}
svg .name{font-weight:700;font-size:15px}
svg .mono{font-family:ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;font-weight:700;font-size:14px}
svg .soft{fill:var(--dim)}
svg .red{fill:var(--bad);font-weight:700}
svg .card{fill:var(--card);stroke:var(--line)}
svg .bar-base{fill:var(--base)}svg .bar-qualys{fill:var(--qualys)}svg .bar-other{fill:var(--other)}svg .bar-bad{fill:var(--bad)}
svg .way{fill:none;stroke-width:2}
svg .pill{fill:var(--page);stroke-width:1.2}
svg .to-base{stroke:var(--base)}svg .to-qualys{stroke:var(--qualys)}svg .to-other{stroke:var(--other)}svg .to-bad{stroke:var(--bad);stroke-width:2.6}
svg .tip-base{fill:var(--base)}svg .tip-qualys{fill:var(--qualys)}svg .tip-other{fill:var(--other)}svg .tip-bad{fill:var(--bad)}
svg .key{fill:none;stroke:var(--dim);stroke-width:1.6}
@page{margin:14mm}
@media print{:root{--ink:#000;--dim:#444;--page:#fff;--card:#fff;--line:#999;--base:#2440b0;--qualys:#8a3a05;--bad:#a31515;--good:#14602a;--other:#444}
main{max-width:none;padding:0}nav,.skip{display:none}tr,svg,.look{break-inside:avoid}h2{break-after:avoid}.wide{overflow:visible}svg{min-width:0}table{font-size:12px}.wide table{min-width:0}.wide{background:none}}
`;
