// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/tpm_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "scenarios/field/firmware_values.h"

namespace scenarios::field {
namespace {

bool has_word(const std::string& text, const std::string& word) {
  return (" " + text + " ").find(" " + word + " ") != std::string::npos;
}

std::optional<std::string> as_vendor(const std::string& value) {
  return value.size() == 4 ? as_string(value) : std::nullopt;
}

std::optional<std::string> as_self_test(const std::string& value) {
  return value == "Operational" ? "\"passed\"" : "\"failed\"";
}

std::optional<std::string> as_ownership(const std::string& mode) {
  if (has_word(mode, "Owned")) return "\"owned\"";
  if (has_word(mode, "Unowned") || has_word(mode, "UnOwned")) return "\"unowned\"";
  return std::nullopt;
}

std::optional<std::string> as_enabled_mode(const std::string& mode) {
  if (has_word(mode, "Enabled")) return "true";
  if (has_word(mode, "Disabled")) return "false";
  return std::nullopt;
}

std::optional<std::string> as_active_mode(const std::string& mode) {
  if (has_word(mode, "Active")) return "true";
  if (has_word(mode, "Inactive")) return "false";
  return std::nullopt;
}

void write_ownership(ProfileWriter& out, const Observation* owned_error) {
  if (out.tell("ownership", Fact::tpm_mode, as_ownership)) return;
  if (owned_error != nullptr)
    return out.derive("ownership", "\"owned\"", *owned_error, "the tool says so");
  out.assume("ownership", "\"owned\"", "what makes an update through the TPM fail most often");
}

void write_state(ProfileWriter& out, const Observation* owned_error) {
  out.table("tpm.state");
  write_ownership(out, owned_error);
  out.assume("owner_secret", "\"passphrase\"", "no log shows it");
  out.assume("owner_passphrase", "\"owner\"", "invented, so that it can be given");
  out.tell_or_assume("enabled", Fact::tpm_mode, as_enabled_mode, "true", "no log shows it");
  out.tell_or_assume("active", Fact::tpm_mode, as_active_mode, "true", "no log shows it");
  out.tell_or_assume("self_test", Fact::tpm_state, as_self_test, "\"passed\"", "no log shows it");
}

std::string seconds(std::uint32_t count) {
  return fmt::format("\"{}s\"", std::min<std::uint32_t>(count, 65535));
}

void write_plain_lockout(ProfileWriter& out, const BoardState& state, const LockoutLines& lines) {
  out.table("tpm.lockout");
  const auto& numbers = lines.numbers;
  out.observe("threshold", std::to_string(numbers[0]), *state.find(Fact::tpm_threshold));
  out.observe("initial", seconds(numbers[1]), *state.find(Fact::tpm_lockout));
  out.observe("multiplier", std::to_string(numbers[2]), *state.find(Fact::tpm_multiplier));
  out.observe("fade_out", seconds(numbers[3]), *state.find(Fact::tpm_fade_out));
}

void write_late_lockout(ProfileWriter& out, const BoardState& state, const LockoutLines& lines) {
  const LateLockout record = unshifted(lines);
  const std::string how = "read three bytes late, as the tool for Windows does";
  out.table("tpm.lockout");
  const Observation* threshold = out.source().of_sibling(Fact::tpm_threshold);
  const Observation* whole = out.source().of_sibling(Fact::tpm_fade_out);
  const auto number = threshold != nullptr ? as_number(threshold->value) : std::nullopt;
  if (number && whole != nullptr && whole->value != "0")
    out.derive("threshold", *number, *threshold,
               "lost by the late reading here, read in another state");
  else
    out.assume("threshold", "10", "lost by the late reading");
  out.derive("initial", seconds(record.initial_low_byte), *state.find(Fact::tpm_threshold),
             how + "; its high byte is lost");
  out.derive("multiplier", std::to_string(record.multiplier), *state.find(Fact::tpm_lockout), how);
  out.derive("fade_out", seconds(record.fade_out), *state.find(Fact::tpm_multiplier), how);
}

void write_lockout(ProfileWriter& out) {
  const BoardState& state = out.source().state();
  const auto lines = lockout_lines(state);
  if (!lines) return;
  lines->read_late() ? write_late_lockout(out, state, *lines)
                     : write_plain_lockout(out, state, *lines);
}

void write_presence(ProfileWriter& out) {
  out.table("tpm.presence");
  out.tell_or_assume("lifetime_lock", Fact::presence_lifetime_lock, as_true, "false",
                     "no log shows it");
  out.tell_or_assume("command_enabled", Fact::presence_command, as_true, "true", "no log shows it");
  out.tell_or_assume("hardware_enabled", Fact::presence_hardware, as_true, "false",
                     "no log shows it");
  out.assume("bios_locks", "true", "as the TCG's PC Client specification asks of a BIOS");
}

}  // namespace

const Observation* seen_owned_error(const std::vector<BoardState>& states, std::size_t board,
                                    const FieldReport& report) {
  for (const BoardState& state : states) {
    if (state.board != board) continue;
    for (const std::size_t index : state.runs) {
      const Observation* error = report.runs[index].find(Fact::error);
      if (error != nullptr && error->value == "8729") return error;
    }
  }
  return nullptr;
}

std::optional<LockoutLines> lockout_lines(const BoardState& state) {
  constexpr Fact kFacts[] = {Fact::tpm_threshold, Fact::tpm_lockout, Fact::tpm_multiplier,
                             Fact::tpm_fade_out};
  LockoutLines lines;
  for (std::size_t i = 0; i < lines.numbers.size(); ++i) {
    const Observation* seen = state.find(kFacts[i]);
    if (seen == nullptr) return std::nullopt;
    const std::string& text = seen->value;
    std::uint16_t number = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size()) return std::nullopt;
    lines.numbers[i] = number;
  }
  return lines;
}

LateLockout unshifted(const LockoutLines& late) {
  const auto& n = late.numbers;
  return {.initial_low_byte = n[0] >> 8,
          .multiplier = (n[0] & 0xFF) << 8 | n[1] >> 8,
          .fade_out = (n[1] & 0xFF) << 8 | n[2] >> 8};
}

void write_tpm(ProfileWriter& out, const GenerationDefaults& defaults,
               const Observation* through_tpm, const Observation* owned_error) {
  const FactSource& source = out.source();
  const bool capable = (capability_bits(source, defaults) & protocol::sku::kTpm) != 0;
  const Observation* seen = source.find(Fact::tpm_mode).seen;
  if (seen == nullptr) seen = source.find(Fact::tpm_vendor).seen;
  if (seen == nullptr) seen = through_tpm;
  out.table("tpm");
  if (seen == nullptr) {
    out.assume("fitted", capable ? "true" : "false", "from the capabilities");
    if (!capable) return;
  } else {
    out.derive("fitted", "true", *seen, "the tool met one");
  }
  out.tell_or_assume("vendor", Fact::tpm_vendor, as_vendor, "\"INTC\"", "an iTPM");
  out.tell_or_assume("fips", Fact::tpm_fips, as_true, "false", "no log shows it");
  write_state(out, owned_error);
  write_lockout(out);
  write_presence(out);
}

}  // namespace scenarios::field
