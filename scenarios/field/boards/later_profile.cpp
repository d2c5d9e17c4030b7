// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/boards/later_profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "emulator/machine/profile.h"
#include "protocol/heci/firmware_status.h"
#include "protocol/pci/engine_functions.h"
#include "scenarios/field/boards/firmware_values.h"
#include "scenarios/field/boards/profile_writer.h"
#include "scenarios/field/boards/settings_values.h"
#include "scenarios/field/boards/surroundings_values.h"
#include "scenarios/field/reading/spelling.h"

namespace scenarios::field {
namespace {

using protocol::heci::Hfs1;
using protocol::heci::Hfs2;

constexpr std::uint32_t kManageability = 1u << 2;  ///< of the later capabilities
constexpr std::size_t kMostLaterWords = 6;

std::optional<std::uint32_t> hexadecimal(std::string_view text) {
  if (text.starts_with("0x") || text.starts_with("0X")) text.remove_prefix(2);
  std::uint32_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number, 16);
  const bool whole =
      !text.empty() && parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size();
  return whole ? std::optional(number) : std::nullopt;
}

std::string word_text(std::uint32_t word) {
  return fmt::format("0x{:08X}", word);
}

bool is_later_csme(std::uint16_t generation) {
  return protocol::nearest_generation(generation).manifest > protocol::image::ManifestForm::mn2;
}

/// "8086:1e3a"
std::optional<std::uint16_t> device_of(const Observation& seen) {
  const auto number = hexadecimal(seen.value.substr(seen.value.find(':') + 1));
  return number && *number <= 0xFFFF ? std::optional(static_cast<std::uint16_t>(*number))
                                     : std::nullopt;
}

void write_later_device(ProfileWriter& out, const LaterMake& make) {
  const Observation* seen = out.source().find(Fact::pci_id).seen;
  const auto device = seen != nullptr ? device_of(*seen) : std::nullopt;
  if (!device) return;
  const auto* row = protocol::pci::find_later_function(*device);
  if (row == nullptr || !row->is_of(make.generation) ||
      protocol::pci::modelled_generation_of(*device) == nullptr)
    return;
  out.observe("device_id", fmt::format("0x{:04X}", *device), *seen);
}

/// Word 1 of a board in trouble as it is thought to be without it.
std::uint32_t undisturbed(std::uint32_t word, std::uint16_t generation) {
  using protocol::heci::WorkingState;
  constexpr std::uint32_t kM0 = 1;
  auto first = base::Register32<Hfs1>(word)
                   .with(Hfs1::state, static_cast<std::uint32_t>(WorkingState::normal))
                   .with(Hfs1::operation, kM0)
                   .with(Hfs1::init_complete, 1)
                   .with(Hfs1::bring_up_load_failure, 0)
                   .with(Hfs1::error, 0)
                   .with(Hfs1::mode, 0);
  if (is_later_csme(generation)) first = first.with(Hfs1::idle_state, 1);
  return first.bits();
}

void write_first_word(ProfileWriter& out, const LaterMake& make, const Observation& seen) {
  const std::uint32_t word = make.words->words[0];
  if (make.words->seen_while != SeenWords::While::disturbed)
    return out.observe("firmware_status", word_text(word), seen);
  out.derive("firmware_status", word_text(undisturbed(word, make.generation)), seen,
             "the same word of an engine that runs");
}

Observation word_seen(const LaterMake& make, std::size_t index) {
  const auto fact = static_cast<Fact>(static_cast<std::size_t>(Fact::status_word_1) + index);
  return {fact, word_text(make.words->words[index]), make.words->line};
}

void write_later_words(ProfileWriter& out, const LaterMake& make) {
  if (!make.words) return;
  const std::vector<std::uint32_t>& words = make.words->words;
  const std::size_t there = protocol::nearest_generation(make.generation).status_words;
  const bool disturbed = make.words->seen_while == SeenWords::While::disturbed;
  const bool failed = make.words->seen_while == SeenWords::While::failed;
  if (failed && words.size() > 1) {
    constexpr std::uint32_t kHostCommunication = 6;
    const auto before = base::Register32<Hfs2>(words[1]).with(Hfs2::phase, kHostCommunication);
    out.derive("firmware_status_2", word_text(before.bits()), word_seen(make, 1),
               "the same word before the update failed");
  }
  for (std::size_t i = disturbed || failed ? 2 : 1;
       i < std::min({words.size(), there, kMostLaterWords}); ++i)
    out.observe(fmt::format("firmware_status_{}", i + 1), word_text(words[i]), word_seen(make, i));
  if (!disturbed) return;
  out.observe("disturbed_status", word_text(words[0]), word_seen(make, 0));
  if (words.size() > 1) out.observe("disturbed_status_2", word_text(words[1]), word_seen(make, 1));
}

/// Bit 31 is "D0i3" to every host, and no board to ME 10 may show it.
bool is_legal(const LaterMake& make) {
  return make.words && !make.words->words.empty() &&
         (is_later_csme(make.generation) || make.words->words[0] >> 31 == 0);
}

std::string assumed_version(const LaterMake& make, const ReportedBoard& state) {
  const auto base = emulator::machine::load_profile(base_profile(make, state));
  if (base && base->firmware.identity.version.major == make.generation)
    return to_text(base->firmware.identity.version);
  return fmt::format("{}.0.0.1000", make.generation);
}

void write_later_version(ProfileWriter& out, const LaterMake& make) {
  const auto code = out.source().find(Fact::flash_version);
  std::string text;
  if (code.seen != nullptr) {
    text = quoted(code_version(out.source(), make.generation).text);
    out.observe("version", text, *code.seen);
  } else {
    text = quoted(assumed_version(make, out.source().state()));
    out.assume("version", text, make.why_generation);
  }
  out.assume("recovery_version", text, "as the code's");
  out.assume("fitc_version", text, "as the code's");
}

void write_later_settings(ProfileWriter& out) {
  if (!out.tell("local_update", Fact::local_update)) return;
  const Observation* seen = out.source().find(Fact::local_update).seen;
  if (same_letters(seen->value, "Disabled"))
    out.derive("override_qualifier", "\"never\"", *seen, "nothing opens it all the same");
}

std::optional<std::string> as_later_bios(const std::string& value) {
  return value.size() <= 64 ? as_string(value) : std::nullopt;
}

void write_later_surroundings(ProfileWriter& out) {
  out.tell("bios_version", Fact::bios_version, as_later_bios);
  out.tell("mebx_version", Fact::mebx_version, as_version);
  out.tell("bios_boot_state", Fact::boot_state);
  out.tell("reset_reason", Fact::reset_reason);
}

/// "Not Available" is how the tools say that there is none.
std::optional<std::string> as_software(const std::string& value) {
  return same_letters(value, "Not Available") ? std::nullopt : as_string(value);
}

void write_later_host(ProfileWriter& out) {
  out.table("host");
  out.assume("system", "\"windows\"", "where most of these tools run");
  out.table("host.windows");
  for (const auto& [key, fact] :
       {std::pair{"mei_driver_version", Fact::mei_driver_version},
        std::pair{"lms_version", Fact::lms_version}, std::pair{"uns_version", Fact::uns_version}}) {
    const Observation* seen = out.source().find(fact).seen;
    if (seen != nullptr && as_software(seen->value)) out.tell(key, fact, as_software);
  }
}

}  // namespace

std::string_view base_profile(const LaterMake& make, const ReportedBoard& state) {
  const Observation* seen = state.find(Fact::capabilities);
  const auto bits = seen != nullptr ? hexadecimal(seen->value) : std::nullopt;
  const bool amt = bits && (*bits & kManageability) != 0;
  return amt ? make.base->with_amt : make.base->plain;
}

std::vector<ProfileValue> later_profile(const std::vector<ReportedBoard>& states, std::size_t index,
                                        const LaterMake& make) {
  const FactSource source(states, index);
  ProfileWriter out(source);
  out.table("");
  out.assume("extends", quoted(std::string(base_profile(make, states[index]))),
             std::string(make.base->why));
  const bool has_words = is_legal(make);
  out.table("pci");
  write_later_device(out, make);
  if (has_words) write_first_word(out, make, word_seen(make, 0));
  out.table("firmware");
  write_later_version(out, make);
  out.tell("capabilities", Fact::capabilities, as_hex_number);
  out.table("settings");
  write_later_settings(out);
  out.table("surroundings");
  write_later_surroundings(out);
  write_later_host(out);
  out.table("engine");
  if (has_words) write_later_words(out, make);
  return out.take();
}

}  // namespace scenarios::field
