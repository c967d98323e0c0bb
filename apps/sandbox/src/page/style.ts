/** The page's whole style sheet: quiet, readable on a phone, light and dark. */
export const STYLE = `
:root{color-scheme:light dark;--ground:#f7f7f4;--card:#fff;--ink:#22262b;--soft:#5b636d;--line:#dcdfe3;--accent:#0b6b6b;--on-accent:#fff;--bad:#a3261f}
@media (prefers-color-scheme:dark){:root{--ground:#15181c;--card:#1d2126;--ink:#e7eaee;--soft:#a3acb7;--line:#343a42;--accent:#6fd0c8;--on-accent:#08201f;--bad:#ff9a91}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main,header{max-width:68rem;margin:0 auto;padding:1rem}
h1{font-size:1.5rem;margin:.5rem 0 0}h2{font-size:1.1rem;margin:0 0 .75rem}
p{margin:.25rem 0 .75rem}.soft{color:var(--soft)}
section{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1rem;margin-bottom:1rem}
form{margin:0}.row{display:flex;flex-wrap:wrap;gap:.5rem .75rem;align-items:end}
label{display:flex;flex-direction:column;max-width:100%;min-width:0;gap:.15rem;font-size:.9rem;color:var(--soft)}
input,select,button{font:inherit;color:inherit;padding:.45rem .7rem;border:1px solid var(--line);border-radius:.5rem;background:var(--ground);max-width:100%}
button{cursor:pointer;background:var(--card)}button.main{background:var(--accent);color:var(--on-accent);border-color:var(--accent)}
a{color:var(--accent)}:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
fieldset{border:1px solid var(--line);border-radius:.5rem;padding:.5rem .75rem;margin:1rem 0}legend{color:var(--soft)}label.tick{flex-direction:row;gap:.6rem;align-items:center;padding:.4rem 0;color:inherit}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--line);white-space:nowrap}
th{font-weight:600}thead th{color:var(--soft)}section>form+form{margin-top:1rem}td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--soft);padding-bottom:.5rem}
.note{border-left:4px solid var(--accent);padding:.5rem .75rem;margin-bottom:1rem;background:var(--card)}.note.bad{border-color:var(--bad)}
.time{font-size:1.25rem;font-variant-numeric:tabular-nums}code{font-size:.88em}
`;
