// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/collect_command.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/tar.h"
#include "os/report_file.h"
#include "updater/cli/info_command.h"
#include "updater/cli/program_version.h"
#include "updater/collect/kernel_files.h"
#include "updater/collect/own_names.h"
#include "updater/collect/tracepoints.h"

namespace updater::cli {
namespace {

using base::TarFile;

constexpr std::string_view kFormat = "mebench-collect 1\n";

/// Keeps what a command complains of, and lets nobody be asked.
class SilentConsole final : public Console {
 public:
  explicit SilentConsole(Console& real) : real_(real) {}
  void out(std::string_view) override {}  // the log has it
  void err(std::string_view text) override { complaints_ += text; }
  bool interactive() const override { return false; }
  bool confirm(std::string_view) override { return false; }
  bool stop_requested() const override { return real_.stop_requested(); }
  std::string date() const override { return real_.date(); }
  const std::string& complaints() const { return complaints_; }

 private:
  Console& real_;
  std::string complaints_;
};

TarFile text_file(std::string name, std::string_view text) {
  return {.name = std::move(name), .contents = base::Bytes(text.begin(), text.end())};
}

std::string as_text(const TarFile& file) {
  return {file.contents.begin(), file.contents.end()};
}

/// The engine and the TPM are asked what `info` asks; the log has every message.
std::string info_log(const CollectOptions& options, const Surroundings& around) {
  std::string text;
  const auto log = LogFile::kept_in(text);
  SilentConsole console(around.console);
  Output output(console, *log);
  log->note("date", console.date() + ", meupdate " + std::string(program_version()));
  const Exit exit = show_info({.device = options.device},
                              {console, around.opener, around.program, around.arguments}, output);
  log->note("exit", std::to_string(static_cast<int>(exit)));
  if (exit != Exit::done) around.console.err(console.complaints());
  return text;
}

std::vector<TarFile> gathered(const CollectOptions& options, const Surroundings& around) {
  const collect::OwnNames names(options.root);
  std::vector<TarFile> files = collect::kernel_files(options.root);
  std::string traced;
  {
    const collect::Tracepoints tracepoints(options.root);
    files.push_back(text_file("info.log", names.without_in_log(info_log(options, around))));
    traced = tracepoints.text();
  }
  if (!traced.empty()) files.push_back(text_file("tracepoints", traced));
  for (TarFile& file : files) {
    if (!file.name.ends_with("/config") && file.name != "info.log")
      file = text_file(file.name, names.without(as_text(file)));
  }
  files.push_back(text_file("format", kFormat));
  std::ranges::sort(files, {}, &TarFile::name);
  return files;
}

std::string contents_shown(const CollectOptions& options, const std::vector<TarFile>& files) {
  std::string text = options.file + " will hold:\n";
  for (const TarFile& file : files)
    text += fmt::format("  {:6}  {}\n", file.contents.size(), file.name);
  return text +
         "Serial numbers, UUIDs, MAC and IP addresses of this computer are not in it, or are "
         "zeros.\n";
}

}  // namespace

Exit run_collect(const CollectOptions& options, const Surroundings& around) {
  LogFile none;
  Output output(around.console, none);
  const std::vector<TarFile> files = gathered(options, around);
  output.out(contents_shown(options, files));
  if (options.list) return Exit::done;
  const bool agreed =
      options.yes || (around.console.interactive() && output.confirm("Write it? [y/N] "));
  if (!agreed) {
    output.err(
        "meupdate: nothing was written: nobody confirmed it. Without a terminal, give -y.\n");
    return Exit::refused;
  }
  if (const auto written = os::write_report(options.file, base::tar_archive(files)); !written) {
    output.err("meupdate: " + written.error().doing + "\n");
    return Exit::failed_unchanged;
  }
  output.out("Written. Look at it: tar -tvf " + options.file + "\n");
  return Exit::done;
}

}  // namespace updater::cli
