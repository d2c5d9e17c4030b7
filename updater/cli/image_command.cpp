// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/image_command.h"

#include "updater/io/read_file.h"
#include "updater/report/json.h"
#include "updater/report/people.h"

namespace updater::cli {
namespace {

Exit unreadable(const image::Defect& defect, Format format, Output& output) {
  if (format == Format::json) {
    output.out(report::document({{"schema", "meupdate-image-1"},
                                 {"sound", false},
                                 {"defects", {report::defect_json(defect)}}}));
  } else {
    output.err("meupdate: " + report::unreadable_text(defect));
  }
  return Exit::verify_failed;
}

Exit no_file(const base::Error& error, Format format, Output& output) {
  if (format == Format::json) {
    output.out(
        report::document({{"schema", "meupdate-image-1"}, {"error", report::error_json(error)}}));
  } else {
    output.err("meupdate: " + error.doing + "\n");
  }
  return Exit::usage;
}

}  // namespace

Exit run_image(const ImageOptions& options, const Surroundings& around) {
  LogFile no_log;
  Output output(around.console, no_log);
  auto file = io::read_file(options.file);
  if (!file) {
    return no_file(file.error(), options.format, output);
  }
  const image::ParseOutcome parsed = image::parse(std::move(file).value());
  if (!parsed.image) return unreadable(*parsed.defect, options.format, output);
  auto defects = image::verify(*parsed.image);
  const auto rest = image::verify_rest(*parsed.image);
  defects.insert(defects.end(), rest.begin(), rest.end());
  if (options.format == Format::json) {
    output.out(report::document(report::image_json(*parsed.image, defects)));
  } else {
    output.out(report::image_text(*parsed.image, defects));
  }
  return defects.empty() ? Exit::done : Exit::verify_failed;
}

}  // namespace updater::cli
