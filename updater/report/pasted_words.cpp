// SPDX-License-Identifier: BSD-3-Clause
// What tools, kernels and BIOS screens say of a board in words, as owners' posts show them.
#include <algorithm>
#include <cctype>
#include <string>

#include "protocol/tools/number_in_text.h"
#include "updater/report/pasted.h"

namespace updater::report {
namespace {

/// All of its parts stand in a line, in this order.
struct SignWords {
  Sign sign;
  std::string_view first;
  std::string_view then = {};
};
constexpr SignWords kSignWords[] = {
    {Sign::local_update_disabled, "local fwupdate", "disabled"},
    {Sign::local_update_disabled, "local fw update", "disabled"},
    {Sign::driver_not_ready, "mei", "wait hw ready failed"},
    {Sign::driver_not_ready, "mei", "waiting for mei start failed"},
    {Sign::recovery, "current working state", "recovery"},
    {Sign::recovery, "currentstate", "recovery"},
    {Sign::recovery, "me is in recovery"},
    {Sign::recovery, "firmware is in recovery mode"},
    {Sign::recovery, "me in recovery mode"},
    {Sign::recovery, "me state in recovery mode"},
    {Sign::recovery, "me state recovery mode"},
    {Sign::recovery, "failed to recover me firmware"},
    {Sign::image_failure, "image failure"},
    {Sign::alternate_disable, "alt disable mode"},
    {Sign::alternate_disable, "me: current operation mode", ": debug"},
    {Sign::jumper, "unsecured mode by h/w jumper"},
    {Sign::file_system_damaged, "file system corrupted", "yes"},
    {Sign::tpm_inactive, "tpm is disabled/deactivated", "0x6)"},
    {Sign::tpm_inactive, "a tpm error (6)"},
    {Sign::tpm_disabled, "tpm is disabled/deactivated", "0x7)"},
    {Sign::tpm_disabled, "a tpm error (7)"},
    // TrouSerS' words; 6 and 7 are the TPM's return codes (TCG TPM 1.2, part 2)
    {Sign::tpm_inactive, "layer=tpm", "code=0006"},
    {Sign::tpm_disabled, "layer=tpm", "code=0007"},
    {Sign::tpm_comes_and_goes, "intel tpm failed"},
    {Sign::tpm_silent, "tpm", "unable to read burstcount"},
    {Sign::tpm_silent, "tpm", "could not get tpm timeouts and duration"},
    {Sign::write_lock_failed, "request mespilock failed"},
    {Sign::bios_cannot_reach, "end of post message to me"},
    {Sign::bios_cannot_reach, "me initialization failed"},
    {Sign::unconfiguring, "going through the un-configuration process"},
    {Sign::windows_code_10, "management engine interface", "(code 10)"},
    {Sign::windows_code_10, "management engine interface", "failed to perform handshake"},
    {Sign::windows_code_10, "management engine interface is being disabled"},
    {Sign::wants_newer, "me firmware version should be updated"},
    {Sign::bios_cannot_reach, "me firmware version request failure"},
    {Sign::bios_cannot_reach, "end of post heci failure"},
    {Sign::bios_cannot_reach, "extension module execution has halted"},
    {Sign::bios_update_failed, "me fw update failed"},
    {Sign::bios_update_failed, "me firmware update failed"},
    {Sign::wrong_processor, "invalid cpu and pch combination"},
    {Sign::not_run_on_reboot, "failed to run update on reboot"},
    {Sign::not_run_on_reboot, "intel management engine (", "\xE2\x86\x92"},
    {Sign::too_old_for_hsi, "management engine version", "not valid"},
    {Sign::too_old_for_hsi, "csme v", "invalid"},
    {Sign::too_old_for_hsi, "mei version", "invalid"},
    {Sign::image_cleaned, "me_cleaner"},
    {Sign::version_missing, "me version", "n/a"},
    {Sign::version_missing, "me fw", "n/a"},
    {Sign::driver_not_ready, "mei", "h_rst is set"},
    {Sign::driver_not_ready, "mei", "timer: init clients timeout"},
    {Sign::driver_out_of_turn, "mei", "unexpected enumeration response"},
    {Sign::driver_out_of_turn, "mei", "wrong host start response"},
    {Sign::driver_saw_restart, "mei", "fw not ready: resetting"},
    {Sign::connect_unanswered, "mei", "connect/disconnect timeout"},
    {Sign::driver_reset_link, "mei", "unexpected reset: dev_state"},
    {Sign::driver_has_disabled, "dev_state", "disabled"},
    {Sign::driver_has_disabled, "dev: disabled"},
    {Sign::version_in_older_form, "mei", "fw version command failed"},
    {Sign::version_in_older_form, "mei", "could not read fw version"},
    {Sign::driver_start_failed, "mei", "init hw failure"},
    {Sign::driver_start_failed, "mei", "initialization failed"},
    {Sign::no_interface, "mei", "have valid me interface"},
    {Sign::waits_for_its_end, "disabled and waiting to timeout"},
    {Sign::driver_gave_up, "mei", "reached maximal consecutive resets"},
    {Sign::switches_off, "30 minute", "off"},
    {Sign::switches_off, "30 minute", "shut"},
    {Sign::switches_off, "off", "30 minute"},
    {Sign::switches_off, "shut", "30 minute"},
    {Sign::switches_off, "off", "half an hour"},
    {Sign::switches_off, "shut", "half an hour"},
};

struct NumberlessWords {
  std::string_view words;
  std::uint32_t number;
};
/// Firmware 2's tools print no numbers; of the later ones people leave them out.
constexpr NumberlessWords kNumberless[] = {
    {"failed to receive last update status from the firmware", 8725},
    {"firmware update is already in progress", 8708},
    {"unknown or unsupported platform", 8743},
    {"local firmware update is disabled", 8719},
    {"tpm in owned state", 8729},
    {"firmware update through tpm is enabled", 8721},
    {"failed to get the firmware parameters", 8727},
    {"invalid image length", 8746},
    {"file open or read failure", 8714},
    {"polling for fw update failed", 8769},
    {"fail to load mei device driver", 8193},
    {"cannot locate me device driver", 8193},
};

std::string folded_once(std::string_view line) {
  std::string text;
  for (const char c : line) {
    const char small = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const bool blank = small == ' ' || small == '\t';
    if (blank && text.ends_with(' ')) continue;
    text += blank ? ' ' : small;
  }
  return text;
}

/// "ME error", and no more: so a BIOS says it. In a sentence it says nothing.
bool is_bare_error(std::string_view line) {
  return line == "me error" || line == "me error.";
}

bool holds(std::string_view line, const SignWords& row) {
  const std::size_t first = line.find(row.first);
  if (first == line.npos) return false;
  return row.then.empty() || line.find(row.then, first + row.first.size()) != line.npos;
}

/// A version whose first number no engine has: "Version : 278.5888.528.528".
bool has_nonsense_version(std::string_view line) {
  constexpr std::uint16_t kSmallest = 100;
  const std::size_t at = line.find("version");
  if (at == line.npos || line.find("driver") != line.npos) return false;
  const auto version = protocol::tools::version_in(line.substr(at));
  return version && version->major >= kSmallest;
}

/// "0.0.0.0" or "0.0.0.0000" as the version of the engine, and not of a part that many boards lack.
bool has_no_version(std::string_view line) {
  constexpr std::string_view kVersion = "0.0.0.0";
  constexpr std::string_view kEngine[] = {"version", "me fw",       "ime fw",
                                          "iem fw",  "me firmware", "management engine"};
  constexpr std::string_view kOthers[] = {"mebx", "gbe", "wireless", "driver",
                                          "lms",  "uns", "recovery"};
  const auto stands = [&](std::string_view word) { return line.find(word) != line.npos; };
  const std::size_t at = line.find(kVersion);
  if (at == line.npos || std::ranges::any_of(kOthers, stands)) return false;
  const auto is_part = [&](std::size_t i) {
    return i < line.size() &&
           (std::isdigit(static_cast<unsigned char>(line[i])) != 0 || line[i] == '.');
  };
  const std::size_t end = std::min(line.find_first_not_of('0', at + kVersion.size()), line.size());
  const bool longer =
      (at > 0 && is_part(at - 1)) || (is_part(end) && (line[end] != '.' || is_part(end + 1)));
  return !longer && std::ranges::any_of(kEngine, stands);
}

}  // namespace

Sign sign_of(std::string_view line) {
  const std::string text = folded_once(line);
  for (const SignWords& row : kSignWords) {
    if (holds(text, row)) return row.sign;
  }
  if (has_no_version(text)) return Sign::version_missing;
  if (is_bare_error(text)) return Sign::bios_cannot_reach;
  return has_nonsense_version(text) ? Sign::nonsense_version : Sign::none;
}

std::uint32_t number_of_words(std::string_view line) {
  const std::string text = folded_once(line);
  for (const NumberlessWords& row : kNumberless) {
    if (text.find(row.words) != text.npos) return row.number;
  }
  return 0;
}

}  // namespace updater::report
