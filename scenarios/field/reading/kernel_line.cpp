// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/kernel_line.h"

#include <algorithm>
#include <array>

#include "scenarios/field/reading/command_line.h"
#include "scenarios/field/reading/log_line.h"
#include "scenarios/field/reading/spelling.h"

namespace scenarios::field {
namespace {

constexpr std::string_view kDecimal = "0123456789";

struct KernelText {
  std::string_view text;
  bool is_marked = false;  ///< a kernel's mark stood in front
};

/// "<6>", "[   10.746742] ", "[T1] "
bool take_mark(std::string_view& text) {
  const char opening = text.empty() ? ' ' : text[0];
  if (opening != '[' && opening != '<') return false;
  const std::size_t end = text.find(opening == '[' ? ']' : '>');
  if (end == text.npos || end > 24) return false;
  const std::string_view inside = trimmed(text.substr(1, end - 1));
  const bool time =
      inside.find('.') != inside.npos && inside.find_first_not_of("0123456789. ") == inside.npos;
  const bool level = opening == '<' && inside.find_first_not_of(kDecimal) == inside.npos;
  const bool thread = inside.starts_with('T') && inside.size() > 1 &&
                      inside.find_first_not_of(kDecimal, 1) == inside.npos;
  if (inside.empty() || (!time && !level && !thread)) return false;
  text = trimmed(text.substr(end + 1));
  return true;
}

/// Of a journal, of syslog, of dmesg.
KernelText without_marks(std::string_view line) {
  constexpr std::size_t kFurthest = 90;
  constexpr std::string_view kName = "kernel:";
  KernelText found{line};
  const std::size_t name = line.substr(0, kFurthest).find(kName);
  const bool word = name == 0 || (name != line.npos && line[name - 1] == ' ');
  if (word) {
    found.text = trimmed(line.substr(name + kName.size()));
    found.is_marked = true;
  }
  while (take_mark(found.text)) found.is_marked = true;
  return found;
}

/// A driver's name, and whether a device stands behind it.
constexpr std::array<std::string_view, 7> kMeiDrivers = {
    "mei_me", "mei_hdcp", "mei_wdt", "mei_txe", "mei_pxp", "mei", "heci"};
constexpr std::array<std::string_view, 6> kTpmDrivers = {"tpm_tis_core", "tpm_tis", "tpm_crb",
                                                         "tpm_inf_pnp",  "tpm",     "tpm_infineon"};

struct Speaker {
  std::string_view name;
  std::string_view device;  ///< "0000:00:03.0", "00:0a", "tpm0"; empty: it names none
  std::string_view message;
};

/// "0000:00:03.0-05b79a6f-4628-4d7f-899d-a91514cb32ab", before Linux 5.2 "mei::05b79a6f-..."
bool is_client(std::string_view word) {
  return word.starts_with("mei::") || (word.starts_with("0000:00:") && word.size() == 49 &&
                                       word.find_first_not_of("0123456789abcdef:.-") == word.npos);
}

/// "0000:00:03.0", "00:0a", "tpm0", "MSFT0101:00", "INTC0102:00"
bool is_device(std::string_view word) {
  if (is_client(word)) return true;
  return word.find_first_of(kDecimal) != word.npos && word.size() >= 4 && word.size() <= 16 &&
         word.find_first_not_of("0123456789abcdefABCDEFGHIJKLMNOPQRSTUVWXYZ:.-tpmi") == word.npos;
}

template <std::size_t N>
std::optional<Speaker> speaker_in(std::string_view text,
                                  const std::array<std::string_view, N>& drivers) {
  for (const std::string_view driver : drivers) {
    if (!text.starts_with(driver)) continue;
    std::string_view rest = text.substr(driver.size());
    if (!rest.starts_with(' ') && !rest.starts_with(':')) continue;
    if (rest.starts_with(": ")) return Speaker{driver, {}, trimmed(rest.substr(2))};
    rest = trimmed(rest);
    const std::size_t end = rest.find(": ");
    if (end == rest.npos || !is_device(rest.substr(0, end))) continue;
    return Speaker{driver, rest.substr(0, end), trimmed(rest.substr(end + 2))};
  }
  return std::nullopt;
}

/// "status = -110", "ret = -62", "error -110", "-EPROTO" has no number.
std::optional<std::string> status_in(std::string_view message) {
  const std::size_t minus = message.find(" -");
  if (minus == message.npos) return std::nullopt;
  const std::size_t begin = minus + 1;
  const std::size_t end = std::min(message.find_first_not_of(kDecimal, begin + 1), message.size());
  if (end == begin + 1) return std::nullopt;
  return std::string(message.substr(begin, end - begin));
}

/// "fw status = 1E000245 60000006"; the newest kernels say "fw status:", too.
void tell_words(std::string_view message, Recognised& found) {
  constexpr Fact kWords[] = {Fact::status_word_1, Fact::status_word_2, Fact::status_word_3,
                             Fact::status_word_4, Fact::status_word_5, Fact::status_word_6};
  const std::string lower = lower_case(message);
  const std::size_t begin = std::min(lower.find("fw status ="), lower.find("fw status:"));
  if (begin == lower.npos) return;
  std::string_view rest = message.substr(message.find_first_of("=:", begin) + 1);
  for (const Fact word : kWords) {
    rest = trimmed(rest);
    const std::size_t end =
        std::min(rest.find_first_not_of("0123456789abcdefABCDEFx"), rest.size());
    if (end == 0) return;
    const std::string_view number = rest.substr(0, end);
    found.told.push_back({word, (number.starts_with("0x") ? "" : "0x") + std::string(number)});
    rest.remove_prefix(end);
  }
}

Recognised kernel_line() {
  return {.kind = LineKind::content, .tool = Tool::kernel};
}

/// Slot 3 is that of chipsets before the 5 series, slot 16h that of all later ones.
void tell_place(std::string_view device, Recognised& found) {
  if (device.find("00:16.") != device.npos) found.generation = kFirstUnknownGeneration;
  const std::size_t place =
      device.find("00:03.") != device.npos ? device.find("00:03.") : device.find("00:16.");
  if (place != device.npos)
    found.told.push_back({Fact::pci_device, std::string(device.substr(place))});
}

Recognised of_mei(const Speaker& speaker) {
  Recognised found = kernel_line();
  if (!speaker.device.empty())
    found.told.push_back(
        {Fact::driver_device, std::string(speaker.name) + " " + std::string(speaker.device)});
  tell_place(speaker.device, found);
  found.told.push_back({Fact::driver_says, std::string(speaker.message)});
  if (auto status = status_in(speaker.message))
    found.told.push_back({Fact::driver_status, std::move(*status)});
  tell_words(speaker.message, found);
  return found;
}

Recognised of_tpm(const Speaker& speaker) {
  Recognised found = kernel_line();
  if (!speaker.device.empty())
    found.told.push_back(
        {Fact::tpm_device, std::string(speaker.name) + " " + std::string(speaker.device)});
  const bool refuses = find_printed(speaker.message, "disabled/deactivated") != std::string::npos ||
                       find_printed(speaker.message, "TPM error (") != std::string::npos ||
                       find_printed(speaker.message, "A TPM error") != std::string::npos;
  found.told.push_back(
      {refuses ? Fact::tpm_answer : Fact::driver_says, std::string(speaker.message)});
  if (auto status = status_in(speaker.message))
    found.told.push_back({Fact::driver_status, std::move(*status)});
  return found;
}

}  // namespace

std::optional<Recognised> as_kernel_line(std::string_view line) {
  const KernelText kernel = without_marks(line);
  if (const auto mei = speaker_in(kernel.text, kMeiDrivers)) {
    if (kernel.is_marked || !mei->device.empty()) return of_mei(*mei);
  }
  if (const auto tpm = speaker_in(kernel.text, kTpmDrivers)) {
    if (kernel.is_marked || !tpm->device.empty()) return of_tpm(*tpm);
  }
  if (kernel.is_marked) return Recognised{.kind = LineKind::ornament};
  return std::nullopt;
}

}  // namespace scenarios::field
