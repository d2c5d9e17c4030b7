// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/reproduce_command.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "os/report_file.h"
#include "os/scratch_folder.h"
#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/print.h"
#include "scenarios/field/boards/build_profile.h"
#include "scenarios/field/reading/read_report.h"
#include "scenarios/field/report/reproduction.h"

namespace scenarios::cli {
namespace {

/// One line on a terminal's standard error, written anew again and again; elsewhere nothing.
class ProgressLine {
 public:
  void show(const std::string& words) {
    if (!terminal_) return;
    fmt::print(stderr, "\r{:<{}}", words, width_);
    width_ = words.size();
  }
  void clear() {
    if (width_ > 0) fmt::print(stderr, "\r{:<{}}\r", "", width_);
    width_ = 0;
  }

 private:
  bool terminal_ = ::isatty(STDERR_FILENO) != 0;
  std::size_t width_ = 0;  ///< of what stands there
};

std::string written_words(const std::string& what, const std::string& where) {
  return fmt::format("Written: {} ({})\n", where, what);
}

/// What people read goes where no report goes.
class Telling {
 public:
  explicit Telling(const ReproduceArguments& arguments)
      : aside_(arguments.json == kStandardOutput || arguments.html == kStandardOutput) {}

  void operator()(const std::string& text) const { aside_ ? say_aside(text) : say(text); }

 private:
  bool aside_;
};

/// Whether what was asked for can be written, said before a search that takes its time.
base::Result<void> pages_can_be_written(const ReproduceArguments& arguments) {
  if (arguments.json == kStandardOutput && arguments.html == kStandardOutput)
    return base::Error{base::Errc::invalid,
                       "--json - and --html - cannot both go to the standard output"};
  for (const std::string& path : {arguments.json, arguments.html}) {
    if (path.empty() || path == kStandardOutput) continue;
    if (auto possible = os::can_write_report(path); !possible) return possible;
  }
  return {};
}

base::Result<void> write_page(const std::string& path, const std::string& text,
                              const std::string& what, const Telling& tell) {
  if (path == kStandardOutput) {
    pass_on(text);
    return {};
  }
  if (auto done = os::write_report(path, text); !done) return done;
  tell(written_words(what, path));
  return {};
}

base::Result<void> write_in_folder(const std::string& folder, const std::string& name,
                                   const std::string& text) {
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);
  if (failure)
    return base::Error{base::Errc::io,
                       fmt::format("cannot make {}: {}", folder, failure.message())};
  return os::write_report(folder + "/" + name, text);
}

std::vector<field::SavedFile> profiles_of(const field::Reproduction& all) {
  std::vector<field::SavedFile> files;
  for (std::size_t i = 0; i < all.states.size(); ++i) {
    const std::string title = fmt::format("Board {} of a field report", all.states[i].board);
    files.push_back({all.states[i].name + ".toml", field::profile_toml(all.profiles[i], title)});
  }
  return files;
}

/// Stories there that are none of `files`: beside them `mesim run` would take two reports for one.
std::vector<std::string> others_in(const std::string& folder,
                                   const std::vector<field::SavedFile>& files) {
  std::vector<std::string> others;
  std::error_code failure;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failure)) {
    const std::string name = entry.path().filename().string();
    const bool ours = std::any_of(files.begin(), files.end(),
                                  [&](const field::SavedFile& file) { return file.name == name; });
    if (entry.path().extension() == ".toml" && !ours) others.push_back(name);
  }
  std::sort(others.begin(), others.end());
  return others;
}

base::Result<void> refuse_others(const std::string& folder,
                                 const std::vector<field::SavedFile>& files) {
  if (folder.empty()) return {};
  const auto others = others_in(folder, files);
  if (others.empty()) return {};
  return base::Error{
      base::Errc::invalid,
      fmt::format("{} has files of something else ({}): its scenarios and these would be taken for "
                  "one report's. No scenario is written; name an empty or a new folder",
                  folder, fmt::join(others, ", "))};
}

/// Nothing is asked for where `folder` is empty.
base::Result<void> save(const std::vector<field::SavedFile>& files, const std::string& what,
                        const std::string& folder, const Telling& tell) {
  if (folder.empty()) return {};
  for (const field::SavedFile& file : files) {
    if (auto done = write_in_folder(folder, file.name, file.text); !done) return done;
  }
  if (files.empty())
    tell(fmt::format("Not written: {} (there are no {})\n", folder, what));
  else
    tell(written_words(what, folder));
  return {};
}

base::Result<void> write_reports(const field::Reproduction& all,
                                 const ReproduceArguments& arguments, const Telling& tell) {
  if (!arguments.json.empty()) {
    auto done = write_page(arguments.json, field::report_json(all), "JSON", tell);
    if (!done) return done;
  }
  if (!arguments.html.empty()) {
    auto done = write_page(arguments.html, field::report_html(all), "page", tell);
    if (!done) return done;
  }
  if (auto done = save(profiles_of(all), "machine profiles", arguments.profiles, tell); !done)
    return done;
  const auto stories = field::as_scenarios(all);
  if (auto alone = refuse_others(arguments.scenarios, stories); !alone) return alone;
  return save(stories, "scenarios of reproduced runs", arguments.scenarios, tell);
}

/// Boots what the plan says, and gives the kernel's log.
base::Result<std::string> boot_in_guest(const field::BootPlan& plan, const GuestArguments& guest,
                                        const std::string& scratch) {
  GuestArguments arguments = guest;
  arguments.machine.machine = plan.machine;
  if (!plan.profile.empty()) {
    arguments.machine.machine = scratch + "/" + plan.machine + ".toml";
    const auto written = os::write_scratch(arguments.machine.machine, plan.profile);
    if (!written) return written.error();
  }
  arguments.machine.set = plan.set;
  arguments.machine.faults = fmt::format("{}", fmt::join(plan.faults, ";"));
  arguments.machine.tpm_hid = plan.tpm_hid;
  arguments.contents.command = {"sh", "-c", plan.script()};
  return output_in_guest(arguments);
}

void boot_kernel_logs(field::Reproduction& all, const ReproduceArguments& arguments,
                      const std::string& scratch, ProgressLine& line) {
  if (arguments.in != ReproduceArguments::In::guest) return;
  field::boot_logs(all.boots, all.report, [&](const field::BootPlan& plan) {
    line.show("booting a Linux on " + plan.machine);
    return boot_in_guest(plan, arguments.guest, scratch);
  });
}

}  // namespace

int reproduce(const ReproduceArguments& arguments) {
  const Telling tell(arguments);
  if (const auto possible = pages_can_be_written(arguments); !possible) {
    complain(possible.error().doing + "; nothing was read");
    return possible.error().code == base::Errc::invalid ? kUsage : kBroken;
  }
  auto report = field::read_report(arguments.paths);
  if (!report) {
    complain(report.error().doing);
    return kUsage;
  }
  auto scratch = os::ScratchFolder::make();
  if (!scratch) {
    complain(scratch.error().doing);
    return kBroken;
  }
  ProgressLine line;
  auto all = field::reproduce(
      std::move(*report), scratch->path(),
      {.found = [&tell](const field::Reproduction& so_far) { tell(field::found_text(so_far)); },
       .progress = [&line](const std::string& words) { line.show(words); }});
  if (all) boot_kernel_logs(*all, arguments, scratch->path(), line);
  line.clear();
  if (!all) {
    complain(all.error().doing);
    return kBroken;
  }
  tell(field::report_text(*all));
  if (const auto saved = write_reports(*all, arguments, tell); !saved) {
    complain(saved.error().doing);
    return kBroken;
  }
  return all->exit_status();
}

}  // namespace scenarios::cli
