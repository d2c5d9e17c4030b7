// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/page/trace_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "emulator/trace/duration_text.h"
#include "scenarios/page/html_text.h"
#include "scenarios/page/over_time.h"
#include "scenarios/page/page_head.h"

namespace scenarios::page {
namespace {

using emulator::sim::TraceKind;
using emulator::trace::TracedStory;
using emulator::trace::TraceLine;

/// "lib/a.toml[depth=2]" as it is; of "/home/x/a.toml" the file alone.
std::string shown_id(std::string_view id) {
  if (id.empty()) return "trace";
  if (id.front() != '/') return std::string(id);
  const std::size_t slash = id.substr(0, id.find('[')).rfind('/');
  return std::string(id.substr(slash + 1));
}

std::size_t count_of(const std::vector<TraceLine>& lines, TraceKind kind) {
  return static_cast<std::size_t>(std::count_if(
      lines.begin(), lines.end(), [&](const TraceLine& line) { return line.kind == kind; }));
}

std::string count_words(std::size_t count, const char* one) {
  return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

/// "36 messages to the ME and 41 from it, 12 TPM commands, 1 fault; 5min 1.7s of virtual time".
std::string tally(const std::vector<TraceLine>& lines) {
  std::string words =
      fmt::format("{} to the ME and {} from it, {}, {}",
                  count_words(count_of(lines, TraceKind::message_to_me), "message"),
                  count_of(lines, TraceKind::message_to_host),
                  count_words(count_of(lines, TraceKind::tpm_command), "TPM command"),
                  count_words(count_of(lines, TraceKind::fault), "fault"));
  if (const std::string flash = flash_words(lines); !flash.empty()) words += "; " + flash;
  const base::TimePoint end = lines.empty() ? base::TimePoint{} : lines.back().at;
  return words + fmt::format("; {} of virtual time", emulator::trace::to_text(end));
}

std::string traced_story_html(const TracedStory& story, std::size_t number) {
  const std::string pictures = pictures_html(story.lines, {}, kRowsToStudy);
  return fmt::format("<h2 id=\"s{}\">{}</h2>\n", number, escaped(shown_id(story.id))) +
         element("p", tally(story.lines), " class=note") +
         (pictures.empty() ? element("p", "Nothing happened.") : pictures);
}

std::string trace_contents(const std::vector<TracedStory>& stories) {
  if (stories.size() < 2) return {};
  std::string entries;
  for (std::size_t i = 0; i < stories.size(); ++i)
    entries +=
        fmt::format("<li><a href=\"#s{}\">{}</a></li>\n", i, escaped(shown_id(stories[i].id)));
  return "<nav><ul>\n" + entries + "</ul></nav>\n";
}

}  // namespace

std::string pictures_html(const std::vector<TraceLine>& lines, const std::vector<StepMark>& steps,
                          std::size_t most_rows) {
  if (lines.empty()) return {};
  return "<h3>States and flash over time</h3>\n" + over_time_html(lines) +
         "<h3>Message by message</h3>\n" + sequence_html(sequence_of(lines, steps, most_rows));
}

std::string trace_page(const std::vector<TracedStory>& stories) {
  const std::string title = stories.size() == 1
                                ? "Trace of " + shown_id(stories.front().id)
                                : fmt::format("Trace of {} stories", stories.size());
  std::string page = page_head(title) + element("h1", title) + "\n" +
                     element("p", "Times are virtual: seconds since the board was made.") + "\n" +
                     trace_contents(stories);
  for (std::size_t i = 0; i < stories.size(); ++i) page += traced_story_html(stories[i], i);
  return page + std::string(kPageEnd);
}

std::string trace_text(const std::vector<TracedStory>& stories) {
  std::string text;
  for (const TracedStory& story : stories) {
    if (!text.empty()) text += '\n';
    text += shown_id(story.id) + "\n  " + tally(story.lines) + "\n" + over_time_text(story.lines) +
            sequence_text(sequence_of(story.lines, {}, kRowsToStudy));
  }
  return text;
}

}  // namespace scenarios::page
