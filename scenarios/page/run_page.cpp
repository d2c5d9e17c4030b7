// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/page/run_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "emulator/trace/duration_text.h"
#include "scenarios/page/html_text.h"
#include "scenarios/page/page_head.h"
#include "scenarios/page/trace_page.h"

namespace scenarios::page {
namespace {

using emulator::trace::to_text;
using engine::Failure;
using engine::ScenarioResult;
using engine::StepTold;
using engine::Totals;
using engine::Verdict;

constexpr std::size_t kSlowest = 10;
constexpr const char* kShort = " class=short";  ///< a cell whose words stay in one line

/// A result and its place in the page.
struct Entry {
  const ScenarioResult* result = nullptr;
  std::size_t number = 0;
};
using Entries = std::vector<Entry>;

bool is_bad(const ScenarioResult& result) {
  return result.verdict != Verdict::passed && result.verdict != Verdict::skipped;
}

/// What did not pass first, then the slowest.
Entries in_order(const std::vector<ScenarioResult>& results) {
  Entries entries;
  for (const ScenarioResult& result : results) entries.push_back({.result = &result});
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    if (is_bad(*a.result) != is_bad(*b.result)) return is_bad(*a.result);
    return a.result->wall_time > b.result->wall_time;
  });
  for (std::size_t i = 0; i < entries.size(); ++i) entries[i].number = i;
  return entries;
}

const char* verdict_words(Verdict verdict) {
  constexpr const char* kWords[] = {"passed",   "failed",  "script error",
                                    "it broke", "invalid", "skipped"};
  return kWords[static_cast<std::size_t>(verdict)];
}

const char* verdict_class(const ScenarioResult& result) {
  if (result.verdict == Verdict::skipped) return " class=note";
  return is_bad(result) ? " class=bad" : " class=good";
}

std::string here_words(base::Duration time) {
  return to_text(std::chrono::round<std::chrono::milliseconds>(time));
}

std::string times_words(const ScenarioResult& result) {
  return fmt::format("{} virtual, {} here", to_text(result.virtual_time),
                     here_words(result.wall_time));
}

std::string count_item(std::size_t count, const char* what, const char* style) {
  if (count == 0) return {};
  return fmt::format("<li><b{}>{}</b>{}</li>\n", style, count, what);
}

std::string summary_html(const Totals& sum, base::Duration wall_time) {
  return "<ul class=counts>\n" + count_item(sum.all(), "scenarios", "") +
         count_item(sum.passed, "passed", " class=good") +
         count_item(sum.failed, "failed", " class=bad") +
         count_item(sum.script_errors, "script errors", " class=bad") +
         count_item(sum.internal, "broke", " class=bad") +
         count_item(sum.invalid, "invalid", " class=bad") + count_item(sum.skipped, "skipped", "") +
         "</ul>\n" +
         element("p",
                 fmt::format("{} of virtual time, {} here.", to_text(sum.virtual_time),
                             here_words(wall_time)),
                 " class=note") +
         "\n";
}

std::string link_to(const Entry& entry) {
  return fmt::format("<a href=\"#s{}\">{}</a>", entry.number, escaped(entry.result->id));
}

std::string first_words(const ScenarioResult& result) {
  if (result.failures.empty()) return result.message.substr(0, result.message.find('\n'));
  const Failure& first = result.failures.front();
  return fmt::format("{}: expected {}, got {}", first.what, first.expected, first.got);
}

std::string bad_ones_html(const Entries& entries) {
  std::string rows;
  for (const Entry& entry : entries) {
    if (!is_bad(*entry.result)) continue;
    constexpr std::size_t kMost = 200;
    rows += "<tr><td>" + link_to(entry) + "</td>" +
            element("td", verdict_words(entry.result->verdict), " class=\"bad short\"") +
            element("td", fitted(first_words(*entry.result), kMost)) + "</tr>\n";
  }
  return rows.empty() ? "" : "<h2>What did not pass</h2>\n<table>\n" + rows + "</table>\n";
}

std::string slowest_html(Entries entries) {
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return a.result->wall_time > b.result->wall_time;
  });
  entries.resize(std::min(entries.size(), kSlowest));
  std::string text =
      "<h2>Slowest</h2>\n<table>\n<tr><th>scenario</th><th>here</th>"
      "<th>virtual</th></tr>\n";
  for (const Entry& entry : entries) {
    text += "<tr><td>" + link_to(entry) + "</td>" +
            element("td", here_words(entry.result->wall_time), kShort) +
            element("td", to_text(entry.result->virtual_time), kShort) + "</tr>\n";
  }
  return text + "</table>\n";
}

std::string printed_html(const char* where, const std::string& text) {
  if (text.empty()) return {};
  std::string part = "<p class=note>";
  return part + where + ":</p>\n<pre>" + escaped(text) + "</pre>\n";
}

std::string failure_html(const Failure& failure) {
  std::string text = "<dl class=failure>\n";
  text += element("dt", failure.place) + element("dd", failure.what);
  text += element("dt", "expected") + "<dd><pre>" + escaped(failure.expected) + "</pre></dd>";
  return text + element("dt", "got") + "<dd><pre>" + escaped(failure.got) + "</pre></dd></dl>\n";
}

std::string failures_html(const ScenarioResult& result) {
  std::string text;
  if (!result.message.empty())
    text += "<div class=failure><pre>" + escaped(result.message) + "</pre></div>\n";
  for (const Failure& failure : result.failures) text += failure_html(failure);
  return text;
}

std::string outcome_words(const StepTold& step) {
  if (!step.held) return "not as written";
  return step.exit ? fmt::format("exit {}", *step.exit) : "done";
}

std::string step_html(const StepTold& step, std::size_t number) {
  std::string row =
      fmt::format("<tr><td>{}</td>", number) + element("td", step.text) +
      element("td", to_text(step.began), kShort) +
      element("td", to_text(step.ended - step.began), kShort) +
      element("td", outcome_words(step), step.held ? kShort : " class=\"bad short\"") + "</tr>\n";
  const std::string printed =
      printed_html("standard output", step.out) + printed_html("standard error", step.err);
  if (printed.empty()) return row;
  return row + fmt::format(
                   "<tr><td></td><td colspan=4><details{}><summary>what it "
                   "printed</summary>{}</details></td></tr>\n",
                   step.held ? "" : " open", printed);
}

std::string steps_html(const ScenarioResult& result) {
  if (result.told.empty()) return {};
  std::string text =
      "<h3>Steps</h3>\n<div class=wide><table class=steps>\n<tr><th></th><th>step</th>"
      "<th>at</th><th>took</th><th>came</th></tr>\n";
  for (std::size_t i = 0; i < result.told.size(); ++i) text += step_html(result.told[i], i + 1);
  text += "</table></div>\n";
  const std::size_t not_run = result.steps - result.told.size();
  if (not_run > 0) {
    text +=
        element("p", fmt::format("{} more step{} did not run.", not_run, not_run == 1 ? "" : "s"),
                " class=note");
  }
  return text;
}

std::vector<StepMark> marks_of(const ScenarioResult& result) {
  std::vector<StepMark> marks;
  for (std::size_t i = 0; i < result.told.size(); ++i) {
    const StepTold& step = result.told[i];
    marks.push_back({.at = static_cast<double>(step.began.count()) / 1e9,
                     .what = fmt::format("step {}: {}", i + 1, step.text)});
  }
  return marks;
}

std::string story_html(const Entry& entry, const LinesOf& lines_of) {
  const ScenarioResult& result = *entry.result;
  std::string text = fmt::format(
      "<details class=story id=\"s{}\"{}><summary>{} {} <span class=note>{}</span></summary>\n",
      entry.number, is_bad(result) ? " open" : "",
      element("span", verdict_words(result.verdict), verdict_class(result)), escaped(result.id),
      escaped(times_words(result)));
  text += element("p", result.title) + "\n" + failures_html(result) + steps_html(result);
  text += pictures_html(lines_of(result), marks_of(result),
                        is_bad(result) ? kRowsToStudy : kRowsInPassing);
  return text + "</details>\n";
}

/// The longest first: one may be the beginning of another.
std::string without_folders(std::string page, Folders folders) {
  std::sort(folders.begin(), folders.end(), [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
  folders.erase(std::unique(folders.begin(), folders.end()), folders.end());
  for (const std::string& folder : folders) {
    const std::string told = escaped(folder) + "/";
    if (told.size() < 2) continue;
    std::string kept;
    std::size_t from = 0;
    for (std::size_t at = page.find(told); at != page.npos; at = page.find(told, from)) {
      kept.append(page, from, at - from);
      from = at + told.size();
    }
    page = kept.append(page, from);
  }
  return page;
}

}  // namespace

std::string run_page(const std::vector<ScenarioResult>& results, base::Duration wall_time,
                     const LinesOf& lines_of, const Folders& folders) {
  const Totals sum = engine::totals(results);
  const std::size_t bad = sum.all() - sum.passed - sum.skipped;
  const std::string title = bad == 0
                                ? fmt::format("{} scenarios, none failed", sum.all())
                                : fmt::format("{} of {} scenarios did not pass", bad, sum.all());
  const Entries entries = in_order(results);
  std::string page = page_head(title) + element("h1", title) + "\n" + summary_html(sum, wall_time);
  page += bad_ones_html(entries) + slowest_html(entries) + "<h2>Every scenario</h2>\n";
  for (const Entry& entry : entries) page += story_html(entry, lines_of);
  return without_folders(page + std::string(kPageEnd), folders);
}

}  // namespace scenarios::page
