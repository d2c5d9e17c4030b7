// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/boards/tpm_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "scenarios/field/boards/firmware_values.h"
#include "scenarios/field/reading/command_line.h"
#include "scenarios/field/reading/value_words.h"

namespace scenarios::field {
namespace {

/// In any case of letters.
bool has_word(const std::string& text, const std::string& word) {
  return (" " + lower_case(text) + " ").find(" " + lower_case(word) + " ") != std::string::npos;
}

std::optional<std::string> as_vendor(const std::string& value) {
  return value.size() == 4 ? as_string(value) : std::nullopt;
}

std::optional<std::string> as_self_test(const std::string& value) {
  return toml_of(Fact::tpm_state, value).value_or("\"failed\"");
}

std::optional<std::string> as_ownership(const std::string& mode) {
  if (has_word(mode, "Owned")) return "\"owned\"";
  if (has_word(mode, "Unowned")) return "\"unowned\"";
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

struct LockoutKey {
  const char* key;
  Fact fact;  ///< the line it is read from, when it is not read late
  std::uint32_t LockoutRecord::*number;
};
constexpr LockoutKey kLockoutKeys[] = {
    {"threshold", Fact::tpm_threshold, &LockoutRecord::threshold},
    {"initial", Fact::tpm_lockout, &LockoutRecord::initial},
    {"multiplier", Fact::tpm_multiplier, &LockoutRecord::multiplier},
    {"fade_out", Fact::tpm_fade_out, &LockoutRecord::fade_out},
};

std::string lockout_toml(const LockoutKey& row, std::uint32_t number) {
  const bool time = row.number == &LockoutRecord::initial || row.number == &LockoutRecord::fade_out;
  return time ? seconds(number) : std::to_string(std::min<std::uint32_t>(number, 65535));
}

void write_plain_lockout(ProfileWriter& out, const ReportedBoard& state,
                         const LockoutRecord& record) {
  for (const LockoutKey& row : kLockoutKeys) {
    const std::string toml = lockout_toml(row, record.*row.number);
    if (const Observation* seen = state.find(row.fact))
      out.observe(row.key, toml, *seen);
    else
      out.assume(row.key, toml, "the log ends before it");
  }
}

/// The number of another state of the board, where it was read whole.
std::optional<std::string> whole_threshold(const FactSource& source) {
  const Observation* threshold = source.of_sibling(Fact::tpm_threshold);
  const Observation* fade_out = source.of_sibling(Fact::tpm_fade_out);
  const bool whole = threshold != nullptr && fade_out != nullptr && fade_out->value != "0";
  return whole ? as_number(threshold->value) : std::nullopt;
}

void write_late_lockout(ProfileWriter& out, const LockoutRecord& record) {
  const FactSource& source = out.source();
  if (const auto number = whole_threshold(source))
    out.derive("threshold", *number, *source.of_sibling(Fact::tpm_threshold),
               "lost by the late reading here, read in another state");
  else
    out.assume("threshold", std::to_string(record.threshold), "lost by the late reading");
  const Observation& first = *source.own(Fact::tpm_threshold);
  for (const LockoutKey& row : kLockoutKeys) {
    if (row.number == &LockoutRecord::threshold) continue;
    out.derive(row.key, lockout_toml(row, record.*row.number), first,
               "these lines, read three bytes late as the tool for Windows does");
  }
}

void write_lockout(ProfileWriter& out) {
  const ReportedBoard& state = out.source().state();
  const auto lines = lockout_lines(state);
  if (!lines) return;
  out.table("tpm.lockout");
  const LockoutRecord record = record_of(*lines);
  lines->read_late ? write_late_lockout(out, record) : write_plain_lockout(out, state, record);
}

void write_presence(ProfileWriter& out) {
  out.table("tpm.presence");
  out.tell_or_assume("lifetime_lock", Fact::presence_lifetime_lock, "false", "no log shows it");
  out.tell_or_assume("command_enabled", Fact::presence_command, "true", "no log shows it");
  out.tell_or_assume("hardware_enabled", Fact::presence_hardware, "false", "no log shows it");
  out.assume("bios_locks", "true", "as the TCG's PC Client specification asks of a BIOS");
}

}  // namespace

const Observation* seen_owned_error(const std::vector<ReportedBoard>& states, std::size_t board,
                                    const FieldReport& report) {
  for (const ReportedBoard& state : states) {
    if (state.board != board) continue;
    for (const std::size_t index : state.runs) {
      const Observation* error = report.runs[index].find(Fact::error);
      if (error != nullptr &&
          is_error(*error, protocol::update::ToolError::owner_password_required))
        return error;
    }
  }
  return nullptr;
}

namespace {

std::optional<std::uint32_t> sixteen_bits(const Observation* seen) {
  if (seen == nullptr) return std::nullopt;
  const std::string& text = seen->value;
  std::uint16_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

/// On Windows, unless a number stands where a late reading leaves zeros.
bool looks_late(const ReportedBoard& state, const LockoutLines& lines) {
  const Observation* system = state.find(Fact::host_system);
  const bool windows = system != nullptr && system->value == "windows";
  return windows && (lines.numbers[2].value_or(0) & 0xFF) == 0 && lines.numbers[3].value_or(0) == 0;
}

}  // namespace

std::optional<LockoutLines> lockout_lines(const ReportedBoard& state) {
  LockoutLines lines;
  for (std::size_t i = 0; i < lines.numbers.size(); ++i)
    lines.numbers[i] = sixteen_bits(state.find(kLockoutKeys[i].fact));
  if (!lines.numbers[0]) return std::nullopt;
  lines.read_late = looks_late(state, lines);
  return lines;
}

LockoutRecord record_of(const LockoutLines& lines) {
  const auto& n = lines.numbers;
  LockoutRecord record;
  if (!lines.read_late) {
    for (std::size_t i = 0; i < n.size(); ++i)
      record.*kLockoutKeys[i].number = n[i].value_or(record.*kLockoutKeys[i].number);
    return record;
  }
  // The record's bytes from the fourth on; the usual ones where the log has ended.
  const std::uint32_t first = *n[0];
  const std::uint32_t second =
      n[1].value_or((record.multiplier & 0xFF) << 8 | record.fade_out >> 8);
  const std::uint32_t third = n[2].value_or((record.fade_out & 0xFF) << 8);
  record.initial = first >> 8;
  record.multiplier = (first & 0xFF) << 8 | second >> 8;
  record.fade_out = (second & 0xFF) << 8 | third >> 8;
  return record;
}

void write_tpm(ProfileWriter& out, const protocol::Generation& defaults,
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
  out.tell_or_assume("fips", Fact::tpm_fips, "false", "no log shows it");
  write_state(out, owned_error);
  write_lockout(out);
  write_presence(out);
}

}  // namespace scenarios::field
