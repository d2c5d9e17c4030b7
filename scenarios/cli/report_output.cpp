// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/report_output.h"

#include "os/report_file.h"
#include "scenarios/cli/print.h"

namespace scenarios::cli {

bool can_be_written(const std::string& path) {
  if (path.empty() || path == kStandardOutput) return true;
  const auto possible = os::can_write_report(path);
  if (!possible) complain(possible.error().doing + "; nothing was run");
  return possible.has_value();
}

bool write_report(const std::string& path, const std::string& text) {
  if (path.empty()) return true;
  if (path == kStandardOutput) {
    pass_on(text);
    return true;
  }
  const auto done = os::write_report(path, text);
  if (!done) complain(done.error().doing);
  return done.has_value();
}

}  // namespace scenarios::cli
