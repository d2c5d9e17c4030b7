// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/page/page_head.h"

#include "scenarios/page/html_text.h"

namespace scenarios::page {
namespace {

constexpr const char* kBeforeTitle = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
)";

constexpr const char* kStyle = R"(<style>
:root { --ink: #222; --paper: #fff; --soft: #666; --line: #ccc; --card: #f4f6f9; --good: #14691b; --bad: #a11212;
  --derived: #7a5a00; --red: #fbdcdc; --yellow: #f3f0d8; --blue: #e8f0fb; --arrow: #1b5e9b; --band: #fce0c4; --erase: #c9b458; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ddd; --paper: #16181b; --soft: #9aa0a6; --line: #43474c; --card: #212429; --good: #7fd08a; --bad: #ff8f8f;
    --derived: #e0b860; --red: #4d2226; --yellow: #423c1f; --blue: #20304a; --arrow: #7fb4e8; --band: #5a3d22; --erase: #8a7a35; }
}
body { font: 15px/1.45 sans-serif; margin: 1.5em auto; max-width: 1150px; padding: 0 1em; color: var(--ink);
  background: var(--paper); overflow-wrap: break-word; }
h2 { margin-top: 2em; border-bottom: 1px solid var(--line); }
a { color: var(--arrow); }
nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .2em 1.2em; }
.answer { background: var(--card); border-left: 5px solid var(--arrow); padding: .3em 1em; }
.answer dt { font-weight: bold; margin-top: .6em; }
.answer dd { margin: 0 0 .6em 0; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; vertical-align: top; padding: 1px 8px; overflow-wrap: anywhere; }
td.log, td.ours, pre { font: 13px/1.4 monospace; white-space: pre-wrap; overflow-wrap: anywhere; width: 48%; }
tr.differs td, tr.missing td { background: var(--red); }
tr.added td, tr.theirs td, tr.unread td, tr.masked td, tr.cut td, tr.reworded td { background: var(--yellow); }
tr.unproven td, tr.beyond td { background: var(--blue); }
.good { color: var(--good); font-weight: bold; }
.bad { color: var(--bad); font-weight: bold; }
.observed { color: var(--good); } .derived { color: var(--derived); } .assumed { color: var(--soft); }
.counts { display: flex; flex-wrap: wrap; gap: .6em; padding: 0; list-style: none; }
.counts li { background: var(--card); padding: .3em .9em; border-radius: 4px; }
.counts b { font-size: 1.4em; display: block; }
.story { border-top: 1px solid var(--line); padding: .4em 0; }
.story > summary { font-weight: bold; }
.story > summary .note { font-weight: normal; }
.failure { background: var(--card); border-left: 5px solid var(--bad); padding: .3em 1em; margin: .6em 0; }
.failure dd { margin: 0 0 .4em 0; } .failure dt { color: var(--soft); }
pre { width: auto; background: var(--card); padding: .4em .8em; margin: .3em 0; }
.steps td:first-child { width: 2em; } .steps th, .short { white-space: nowrap; }
.note { color: var(--soft); }
details { margin: .5em 0; }
details.equal { margin: 0 0 0 8px; color: var(--soft); }
summary { cursor: pointer; }
.wide { overflow-x: auto; }
svg { min-width: 600px; width: 100%; max-width: 900px; font: 12px sans-serif; }
svg.dot { min-width: 0; width: .8em; height: .8em; margin-left: .8em; }
svg text { fill: var(--ink); paint-order: stroke; stroke: var(--paper); stroke-width: 3px; }
svg .loud { font-weight: bold; } svg .time { fill: var(--soft); font-size: 11px; }
svg .life { stroke: var(--soft); stroke-dasharray: 3 3; } svg .arrow { stroke: var(--arrow); } svg .tip { fill: var(--arrow); }
svg .step { stroke: var(--line); } svg .fold { fill: var(--soft); font-style: italic; }
svg .lane { fill: var(--blue); stroke: var(--paper); } svg .lane.gone { fill: var(--band); } svg .lane.wrong { fill: var(--red); }
svg .erase { fill: var(--erase); } svg .program { fill: var(--arrow); } svg .torn { fill: var(--bad); }
svg .axis { stroke: var(--line); } svg .struck { stroke: var(--bad); stroke-dasharray: 2 3; }
svg .arrow.red { stroke: var(--bad); } svg .tip.red, svg text.red { fill: var(--bad); } svg .band { fill: var(--band); }
@media (max-width: 640px) {
  body { font-size: 16px; margin: .5em auto; padding: 0 .7em; }
  table.lines, table.lines tbody, table.lines tr, table.lines td { display: block; width: auto; }
  table.lines th { display: none; }
  table.lines tr { border-bottom: 1px solid var(--line); padding: 3px 0; }
  .steps th { display: none; } .steps tr { display: block; padding: 3px 0; border-bottom: 1px solid var(--line); }
  .steps td, .steps td:first-child { display: inline-block; width: auto; padding: 0 .3em; }
  .steps td[colspan] { display: block; } .steps td:nth-child(3)::before { content: "at "; color: var(--soft); }
  .steps td:nth-child(4)::before { content: "took "; color: var(--soft); }
  table.lines td.log:not(:empty)::before { content: "log: "; color: var(--soft); }
  table.lines td.ours:not(:empty)::before { content: "here: "; color: var(--soft); }
}
@media print { details > * { display: block; } }
)";

constexpr const char* kBody = R"(</style>
</head>
<body>
)";

}  // namespace

std::string page_head(std::string_view title, std::string_view rules) {
  return kBeforeTitle + element("title", title) + "\n" + kStyle + std::string(rules) + kBody;
}

}  // namespace scenarios::page
