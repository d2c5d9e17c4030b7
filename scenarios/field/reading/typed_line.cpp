// SPDX-License-Identifier: BSD-3-Clause
// Wording: the logs in scenarios/field-reports/, and what owners' posts show of later generations.
#include "scenarios/field/reading/typed_line.h"

#include <algorithm>

#include "scenarios/field/reading/banner_line.h"
#include "scenarios/field/reading/command_line.h"
#include "scenarios/field/reading/log_line.h"

namespace scenarios::field {
namespace {

struct OtherProgram {
  std::string_view name;
  Tool tool;
};
constexpr OtherProgram kOtherPrograms[] = {
    {"intelmetool", Tool::intelmetool},     {"fwupdmgr", Tool::fwupdmgr},
    {"meupdate", Tool::meupdate},           {"lspci", Tool::lspci},
    {"tpm_version", Tool::tpm_tools},       {"tpm_clear", Tool::tpm_tools},
    {"tpm_takeownership", Tool::tpm_tools}, {"tpm_setenable", Tool::tpm_tools},
    {"tpm_setactive", Tool::tpm_tools},     {"dmesg", Tool::kernel},
    {"journalctl", Tool::kernel},
};

Tool program_of(std::string_view word) {
  const std::size_t slash = word.find_last_of("\\/");
  if (slash != word.npos) word.remove_prefix(slash + 1);
  const std::string program = lower_case(word);
  const bool batch = program.starts_with("meupd") && program != "meupdate";
  if (program.starts_with("fwupdlcl") || program.starts_with("fwupdtlcl") || batch)
    return Tool::fwupdlcl;
  if (program.starts_with("meinfo")) return Tool::meinfo;
  if (program.starts_with("memanuf")) return Tool::memanuf;
  if (program.starts_with("fpt.") || program.starts_with("fptw") || program == "fpt")
    return Tool::fpt;
  const auto* row = std::find_if(std::begin(kOtherPrograms), std::end(kOtherPrograms),
                                 [&](const OtherProgram& each) { return each.name == program; });
  return row == std::end(kOtherPrograms) ? Tool::unknown : row->tool;
}

struct Typed {
  std::string_view text;
  bool behind_prompt = false;
};

/// What stands behind "C:\DRIVERS\WIN\ME>", "A:>", "PS C:\ME>" or "$ "; without one, all of it.
Typed without_prompt(std::string_view line) {
  if (line.starts_with("$ sudo ")) return {trimmed(line.substr(7)), true};
  if (line.starts_with("$ ")) return {trimmed(line.substr(2)), true};
  // "user@host:~$ ", "[user@host folder]$ ", "root@host:~# "
  const std::size_t at = line.substr(0, 24).find('@');
  const std::size_t mark = std::min(line.find("$ "), line.find("# "));
  if (at != line.npos && mark != line.npos && at < mark && mark < 60) {
    std::string_view typed = trimmed(line.substr(mark + 2));
    if (typed.starts_with("sudo ")) typed = trimmed(typed.substr(5));
    return {typed, true};
  }
  if (line.starts_with("PS ")) line.remove_prefix(3);
  const bool drive = line.size() > 2 && line[1] == ':' && line[2] != ' ';
  const std::size_t end = drive ? line.find('>') : line.npos;
  if (end == line.npos) return {line};
  return {trimmed(line.substr(end + 1)), true};
}

bool is_program_file(std::string_view word) {
  const std::string name = lower_case(word);
  return name.ends_with(".exe") || name.ends_with(".cmd") || name.ends_with(".bat") ||
         name.ends_with(".efi");
}

/// "FWUpdLcl.exe has stopped working": up to what a forum may have put behind a command line.
bool is_sentence(const std::vector<std::string>& words) {
  constexpr std::size_t kMostFree = 2;
  std::size_t free = 0;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const bool typed = words[i].size() > 1 && (words[i][0] == '-' || words[i][0] == '/');
    const std::size_t dot = words[i].find('.');
    const bool file = dot != words[i].npos && dot + 1 < words[i].size();
    if (typed || file) return false;
    ++free;
  }
  return free > kMostFree;
}

/// A forum that re-flows pasted text leaves a whole run in the line of its command: that ends at
/// the banner.
std::string_view hear_banner_behind(std::string_view line, Recognised& found) {
  const std::size_t at = std::min(line.find("Intel"), line.find("Firmware Update Utility"));
  const auto banner = at == line.npos ? std::nullopt : as_banner(line.substr(at));
  if (!banner) return line;
  found.version = banner->version;
  found.told.insert(found.told.end(), banner->told.begin(), banner->told.end());
  return line.substr(0, at);
}

}  // namespace

std::optional<Recognised> as_command(std::string_view line) {
  const auto [rest, prompted] = without_prompt(line);
  if (rest.empty()) return std::nullopt;
  const std::size_t end = std::min(rest.find(' '), rest.size());
  const Tool tool = program_of(rest.substr(0, end));
  if (tool == Tool::unknown) return std::nullopt;
  const std::vector<std::string> words = words_of(rest);
  if (!prompted && !is_program_file(words[0]) && !could_be_typed(words)) return std::nullopt;
  if (!prompted && is_sentence(words)) return std::nullopt;
  Recognised found{.kind = LineKind::command, .tool = tool, .opens = true};
  const std::string program = lower_case(words[0]);
  if (program.find("win") != program.npos || program.ends_with("64.exe"))
    found.told.push_back({Fact::host_system, "windows"});
  // The 64-bit tools and the switch -f came with generation 6.
  if (program.find("64") != program.npos || has_switch(words, "f"))
    found.generation = kFirstUnknownGeneration;
  found.words = words_of(hear_banner_behind(rest, found));
  return found;
}

}  // namespace scenarios::field
