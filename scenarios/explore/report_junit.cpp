// SPDX-License-Identifier: BSD-3-Clause
// JUnit XML as CI servers read it (Jenkins' junit-10.xsd): one test case a history, named by its
// id.
#include <fmt/format.h>

#include "base/markup.h"
#include "os/safe_text.h"
#include "scenarios/explore/report.h"

namespace scenarios::explore {
namespace {

std::string markup(const std::string& text) {
  return base::as_markup(os::safe_text(text));
}

std::string inside_of(const Case& one, const std::string& file) {
  switch (one.ending) {
    case Ending::updated:
    case Ending::unchanged:
      return {};
    case Ending::met:
      return fmt::format("<skipped message=\"goes on as {}\"/>", markup(one.same_as));
    case Ending::violation:
      return fmt::format("<failure type=\"{}\" message=\"{}\">{}</failure>", name(one.broken),
                         markup(one.what), markup(to_text(one, file)));
    case Ending::never_struck:
      return "<error type=\"never_struck\" message=\"it was armed, and never struck\"/>";
  }
  return {};
}

}  // namespace

std::string to_junit(const Report& report) {
  const Sums all = sums(report);
  const std::string counts = fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\"", all.all(),
                                         all[Ending::violation], all[Ending::never_struck]);
  const std::string time =
      fmt::format("time=\"{:.3f}\"", static_cast<double>(report.wall_time.count()) / 1e9);
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out += fmt::format("<testsuites {} {}>\n", counts, time);
  out += fmt::format("  <testsuite name=\"mesim explore\" {} skipped=\"{}\" {} file=\"{}\">\n",
                     counts, all[Ending::met], time, markup(report.file));
  for (const Case& one : report.cases) {
    out += fmt::format("    <testcase classname=\"{}\" name=\"{}\">{}</testcase>\n",
                       markup(report.story), markup(one.id), inside_of(one, report.file));
  }
  return out + "  </testsuite>\n</testsuites>\n";
}

}  // namespace scenarios::explore
