import { Html } from '@secateur/base';

/** The page's looks: the product's colours, and the fonts that a device has, so that nothing more is loaded. */
export const STYLE = new Html(`
:root{color-scheme:light dark;--paper:#f4f6f1;--surface:#fff;--ink:#13201b;--soft:#465850;--line:#d3dbd1;--brand:#0e5345;--band:#0b3b32;--on-band:#f2f8f4;--danger:#a1261d;--on-danger:#fff;--danger-wash:#fbe8e5;--focus:#5a2fd0}
@media(prefers-color-scheme:dark){:root{--paper:#0e1613;--surface:#16201c;--ink:#e9f1ec;--soft:#a9bab2;--line:#2b3a34;--brand:#86d4bb;--band:#08110e;--on-band:#e9f1ec;--danger:#ff9d92;--on-danger:#390805;--danger-wash:#3a1917;--focus:#c4b2ff}}
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:106.25%/1.55 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif;-webkit-text-size-adjust:100%;scroll-padding-top:5rem}
body{margin:0}
h1,h2,h3{line-height:1.2;letter-spacing:-.015em;text-wrap:balance;margin:0}
h1{font-size:2.2rem}h2{font-size:1.6rem}h3{font-size:1.1rem}
p{margin:0;text-wrap:pretty}
a{color:var(--brand);text-underline-offset:.2em;overflow-wrap:anywhere}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:.25rem}
.wrap{max-width:46rem;margin:0 auto;padding:0 1.25rem}
.exit{position:sticky;top:0;z-index:2;background:var(--surface);border-bottom:1px solid var(--line)}
.exit .wrap{display:flex;align-items:center;justify-content:flex-end;gap:1rem;padding-top:.25rem;padding-bottom:.25rem}
.exit p{display:none;font-size:.875rem;color:var(--soft)}
@media(min-width:40rem){.exit p{display:block}}
.exit a{display:inline-flex;align-items:center;min-height:44px;padding:0 1rem;border-radius:.5rem;background:var(--danger);color:var(--on-danger);font-weight:600;text-decoration:none}
.skip{position:absolute;left:.5rem;top:.5rem;z-index:3;transform:translateY(-6rem);background:var(--surface);padding:.5rem 1rem}
.skip:focus{transform:none}
.band{background:var(--band)}
.band .wrap{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1.5rem}
.band a{color:var(--on-band);display:inline-flex;align-items:center;min-height:44px;font-weight:600;text-decoration:none}
.band a:hover{text-decoration:underline}
main.wrap{display:grid;gap:3rem;padding-top:2.5rem;padding-bottom:4rem}
section{display:grid;gap:1rem}
.lead{font-size:1.2rem;color:var(--soft)}
.now{background:var(--danger-wash);border-left:.3rem solid var(--danger);padding:1rem 1.25rem;border-radius:.5rem}
.numbers{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:0;padding:0;list-style:none}
.steps{margin:0;padding-left:1.5rem;display:grid;gap:1.25rem}
.steps li::marker{font-weight:700;color:var(--brand)}
.plain{margin:0;padding-left:1.25rem;display:grid;gap:.5rem}
details{border-bottom:1px solid var(--line)}
summary{display:flex;align-items:center;min-height:44px;font-weight:600;font-size:1.1rem;cursor:pointer}
summary::before{content:"+";width:1.5rem;color:var(--brand)}
summary::-webkit-details-marker{display:none}
details[open] summary::before{content:"−"}
details .who{padding:0 0 1.25rem 1.5rem}
.places{display:block}
.who{margin:0;padding:0;list-style:none;display:grid;gap:1.25rem}
.who li{display:grid;gap:.15rem}
.soft{color:var(--soft);font-size:.875rem}
.tel{font-weight:600}
.tel a,.numbers a{display:inline-flex;align-items:center;min-height:44px}
footer{border-top:1px solid var(--line);padding:1.25rem 0;color:var(--soft);font-size:.875rem}
`);
