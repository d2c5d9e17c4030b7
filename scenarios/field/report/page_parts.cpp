// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/report/page_parts.h"

#include <algorithm>
#include <set>
#include <vector>

#include "scenarios/field/report/html_text.h"

namespace scenarios::field {
namespace {

void add_file(std::set<std::string>& files, const std::string& file) {
  if (file.find('/') != file.npos) files.insert(escaped(file));
}

/// The longest first: one name may be the beginning of another.
std::vector<std::string> files_of(const FieldReport& report) {
  std::set<std::string> files;
  for (const ToolRun& run : report.runs) add_file(files, run.file());
  for (const LogLine& line : report.prose) {
    if (line.file) add_file(files, *line.file);
  }
  for (const UnusableFile& each : report.unusable) add_file(files, each.file);
  std::vector<std::string> sorted(files.begin(), files.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  return sorted;
}

}  // namespace

std::string without_folders(std::string page, const FieldReport& report) {
  for (const std::string& file : files_of(report)) {
    const std::string short_name = file.substr(file.find_last_of('/') + 1);
    std::string kept;
    std::size_t from = 0;
    for (std::size_t at = page.find(file); at != page.npos; at = page.find(file, from)) {
      kept.append(page, from, at - from);
      kept += short_name;
      from = at + file.size();
    }
    page = kept.append(page, from);
  }
  return page;
}

}  // namespace scenarios::field
