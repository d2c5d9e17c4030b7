// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/run_reports.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <utility>

#include "emulator/trace/trace_reader.h"
#include "os/private_file.h"
#include "os/read_file.h"
#include "os/write_all.h"
#include "scenarios/cli/coverage_command.h"
#include "scenarios/cli/print.h"
#include "scenarios/cli/report_output.h"
#include "scenarios/engine/report_ci.h"
#include "scenarios/engine/report_files.h"
#include "scenarios/page/run_page.h"

namespace scenarios::cli {
namespace {

using engine::ScenarioResult;

constexpr std::size_t kMostOfATrace = 1024;  ///< MiB

struct ReportOption {
  const char* name;
  std::string RunArguments::*file;
};
constexpr ReportOption kReports[] = {{"--junit", &RunArguments::junit},
                                     {"--json", &RunArguments::json},
                                     {"--html", &RunArguments::html},
                                     {"--gitlab", &RunArguments::gitlab}};

std::vector<emulator::trace::TraceLine> lines_in(const std::string& file) {
  const auto bytes = os::read_file(file, kMostOfATrace);
  if (!bytes) return {};
  auto stories = emulator::trace::read_trace(
      std::string_view(reinterpret_cast<const char*>(bytes->data()), bytes->size()));
  if (!stories) return {};
  return std::move(stories->front().lines);
}

/// The folder of a file and all above it, but for the root.
void add_folders_of(const std::filesystem::path& file, page::Folders& folders) {
  if (!file.is_absolute()) return;
  for (auto folder = file.parent_path(); folder != folder.root_path();
       folder = folder.parent_path())
    folders.push_back(folder.string());
}

page::Folders private_folders(const FinishedRun& finished) {
  page::Folders folders;
  std::error_code failure;
  add_folders_of(std::filesystem::current_path(failure) / "file", folders);
  add_folders_of(std::filesystem::path(finished.scratch) / "0" / "file", folders);
  for (const ScenarioResult& result : finished.results) add_folders_of(result.file, folders);
  std::sort(folders.begin(), folders.end());
  folders.erase(std::unique(folders.begin(), folders.end()), folders.end());
  return folders;
}

std::string page_of(const FinishedRun& finished) {
  const auto lines_of = [&](const ScenarioResult& result) {
    for (const TracePart& part : finished.traces) {
      if (part.id == result.id && part.story == result.file) return lines_in(part.file);
    }
    return std::vector<emulator::trace::TraceLine>();
  };
  return page::run_page(finished.results, finished.wall_time, lines_of, private_folders(finished));
}

/// The folder of a CI server's checkout, as its variable has it; empty where none is told.
std::string checkout(const char* folder) {
  return folder == nullptr ? std::string() : std::string(folder);
}

/// Traces of stories that ran side by side, one behind the other in the stories' order.
/// One that did not run left none.
base::Result<void> join_traces(const std::vector<TracePart>& parts, const os::Descriptor& out,
                               const std::string& path) {
  for (const TracePart& part : parts) {
    const auto added = os::append_file(part.file, out, path);
    if (!added && added.error().code != base::Errc::not_found) return added;
  }
  return {};
}

}  // namespace

std::vector<std::string> to_standard_output(const RunArguments& arguments) {
  std::vector<std::string> options;
  for (const ReportOption& report : kReports) {
    if (arguments.*report.file == kStandardOutput) options.emplace_back(report.name);
  }
  if (arguments.trace == kStandardOutput) options.emplace_back("--trace");
  return options;
}

bool reports_can_be_written(const RunArguments& arguments) {
  return std::all_of(std::begin(kReports), std::end(kReports), [&](const ReportOption& report) {
    return can_be_written(arguments.*report.file);
  });
}

base::Result<MaybeTrace> open_trace(const std::string& path) {
  if (path.empty()) return MaybeTrace();
  if (path == kStandardOutput) return MaybeTrace(os::Descriptor(::dup(STDOUT_FILENO)));
  auto opened = os::open_private(path, os::Begin::anew);
  if (!opened) return opened.error();
  return MaybeTrace(std::move(opened).value());
}

bool write_reports(const RunArguments& arguments, const FinishedRun& finished,
                   const MaybeTrace& trace) {
  const auto& [results, wall_time, traces, scratch] = finished;
  bool written = write_report(arguments.junit, engine::junit_xml(results, wall_time));
  written = write_report(arguments.json, engine::results_json(results, wall_time)) && written;
  written = write_report(arguments.gitlab, engine::gitlab_code_quality(
                                               results, checkout(std::getenv("CI_PROJECT_DIR")))) &&
            written;
  if (!arguments.html.empty()) written = write_report(arguments.html, page_of(finished)) && written;
  written = write_reached(arguments.reached) && written;
  if (!trace) return written;
  const auto joined = join_traces(traces, *trace, arguments.trace);
  if (!joined) complain(joined.error().doing);
  return joined.has_value() && written;
}

std::string annotations(const RunArguments& arguments, const FinishedRun& finished) {
  if (arguments.annotations == RunArguments::Annotations::none) return {};
  return engine::github_annotations(finished.results, checkout(std::getenv("GITHUB_WORKSPACE")));
}

}  // namespace scenarios::cli
