// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/boot/kernel_event.h"

#include <fmt/format.h>

#include <cctype>
#include <charconv>

#include "scenarios/field/reading/command_line.h"

namespace scenarios::field {
namespace {

/// One event in the words of some kernels. '#' stands for a number.
struct KernelWording {
  std::string_view says;   ///< lower case, its beginning
  std::string_view event;  ///< empty: what it says
  KernelWords words = KernelWords::any;
  enum class Number : std::uint8_t { of_the_board, tells } number = Number::of_the_board;
};

using Number = KernelWording::Number;
constexpr KernelWording kWordings[] = {
    {.says = "wait hw ready failed. status", .event = "not ready", .words = KernelWords::older},
    {.says = "wait hw ready failed", .event = "not ready"},
    {.says = "hw_start failed disabling", .event = "no start", .words = KernelWords::older},
    {.says = "hw_start failed ret", .event = "no start", .words = KernelWords::newer},
    {.says = "h_rst is set", .event = {}, .words = KernelWords::newer},
    {.says = "reset: reached maximal", .event = {}, .words = KernelWords::newer},
    {.says = "reset failed ret", .event = {}, .words = KernelWords::newer},
    {.says = "hbm haven't started", .event = {}, .words = KernelWords::newer},
    {.says = "fw not ready: resetting", .event = "not ready any more"},
    {.says = "reset: connect/disconnect timeout", .event = "no answer to a connect"},
    {.says = "timer: connect/disconnect timeout", .event = "no answer to a connect"},
    {.says = "h_rst is not set", .event = "the reset is not taken", .words = KernelWords::newer},
    {.says = "h_rdy is not", .event = "the host stays ready", .words = KernelWords::newer},
    {.says = "reset: wrong host start response",
     .event = "greeting answered out of turn",
     .words = KernelWords::older},
    {.says = "hbm: start: state mismatch",
     .event = "greeting answered out of turn",
     .words = KernelWords::newer},
    {.says = "reset: unexpected enumeration response",
     .event = "enumeration answered out of turn",
     .words = KernelWords::older},
    {.says = "unexpected enumeration response", .event = "enumeration answered out of turn"},
    {.says = "hbm: enumeration response: state mismatch",
     .event = "enumeration answered out of turn",
     .words = KernelWords::newer},
    {.says = "mei_irq_read_handler ret", .event = {}, .words = KernelWords::newer},
    {.says = "less data available than length", .event = {}, .words = KernelWords::newer},
    {.says = "unable to read burstcount", .event = "no burst count"},
    {.says = "tpm_transmit: tpm_send: error",
     .event = "a command could not be sent",
     .words = KernelWords::older},
    {.says = "tpm_try_transmit: send(): error",
     .event = "a command could not be sent",
     .words = KernelWords::newer},
    {.says = "could not get tpm timeouts", .event = "no timeouts", .words = KernelWords::older},
    {.says = "a tpm error (#) occurred attempting to determine the timeouts",
     .event = "no timeouts",
     .words = KernelWords::newer},
    {.says = "probe of #", .event = {}, .words = KernelWords::newer},
    {.says = "reset: init clients timeout", .event = "no answer to the enumeration"},
    {.says = "timer: init clients timeout", .event = "no answer to the enumeration"},
    // The older driver was told of the iTPM's flaw; ours finds out, and says how.
    {.says = "intel itpm workaround enabled",
     .event = "works around the flaw",
     .words = KernelWords::older},
    {.says = "detected an itpm", .event = "works around the flaw", .words = KernelWords::newer},
    {.says = "tpm_sts_data_expect should be set", .event = {}, .words = KernelWords::newer},
    {.says = "operation canceled", .event = {}, .words = KernelWords::newer},
    // Of the probe for that flaw, since Linux tries a command again (6.12 does; 6.1 does not).
    {.says = "exhausted # tpm_tis_send_data retries", .event = {}, .words = KernelWords::newer},
    {.says = "tpm is disabled/deactivated", .event = "the TPM answers", .number = Number::tells},
    {.says = "a tpm error (#) occurred", .event = "the TPM answers", .number = Number::tells},
};

bool is_alphanumeric(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

bool is_digit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

/// Whether a number that is a value begins at `at`: not within a word ("tpm0").
bool number_begins(std::string_view text, std::size_t at) {
  return is_digit(text[at]) && (at == 0 || (!is_alphanumeric(text[at - 1]) && text[at - 1] != '_'));
}

std::size_t end_of_number(std::string_view text, std::size_t at) {
  while (at < text.size() && is_alphanumeric(text[at])) ++at;
  return at;
}

/// "1.2": a TPM's version is its name.
bool is_version(std::string_view text, std::size_t end) {
  return end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1]);
}

struct Generalised {
  std::string text;          ///< "a tpm error (#) occurred"
  std::uint64_t number = 0;  ///< the last one
};

void take_sign(std::string& text) {
  if (text.ends_with('-')) text.pop_back();
}

std::uint64_t value_of(std::string_view number) {
  const bool hexadecimal = number.starts_with("0x");
  if (hexadecimal) number.remove_prefix(2);
  std::uint64_t value = 0;
  std::from_chars(number.data(), number.data() + number.size(), value, hexadecimal ? 16 : 10);
  return value;
}

Generalised generalised(std::string_view text) {
  Generalised found;
  for (std::size_t i = 0; i < text.size();) {
    if (!number_begins(text, i)) {
      found.text += text[i++];
      continue;
    }
    const std::size_t end = end_of_number(text, i);
    if (is_version(text, end)) {
      const std::size_t rest = end_of_number(text, end + 1);
      found.text += text.substr(i, rest - i);
      i = rest;
      continue;
    }
    take_sign(found.text);
    found.text += '#';
    found.number = value_of(text.substr(i, end - i));
    i = end;
  }
  while (found.text.ends_with('.') || found.text.ends_with(' ')) found.text.pop_back();
  return found;
}

/// The words of firmware status behind it are the board's, and not every kernel tells them.
std::string_view without_status_words(std::string_view message) {
  return message.substr(0, message.find(" fw status"));
}

}  // namespace

KernelEvent kernel_event(std::string_view message) {
  const std::string lower = lower_case(message);
  const Generalised said = generalised(without_status_words(lower));
  for (const KernelWording& row : kWordings) {
    if (!said.text.starts_with(row.says)) continue;
    std::string key(row.event.empty() ? row.says : row.event);
    if (row.number == Number::tells) key += fmt::format(" {}", said.number);
    return {std::move(key), row.words};
  }
  return {said.text};
}

}  // namespace scenarios::field
