// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/boards/surroundings_values.h"

#include <algorithm>
#include <utility>

#include "scenarios/field/boards/tpm_values.h"
#include "scenarios/field/reading/spelling.h"
#include "scenarios/field/reading/value_words.h"

namespace scenarios::field {
namespace {

std::optional<std::string> as_manageability(const std::string& value) {
  const auto word = toml_of(Fact::manageability_mode, value);
  return word || !begins_printed(value, "Intel(R)") ? word : "\"amt\"";
}

/// Four numbers up to 255.
std::optional<std::string> as_ipv4(const std::string& value) {
  std::size_t numbers = 0;
  for (std::size_t at = 0; at <= value.size() && numbers < 5; ++numbers) {
    const std::size_t end = std::min(value.find('.', at), value.size());
    const std::string part = value.substr(at, end - at);
    const bool digits = !part.empty() && part.size() <= 3 &&
                        part.find_first_not_of("0123456789") == std::string::npos;
    if (!digits || std::stoi(part) > 255) return std::nullopt;
    at = end + 1;
  }
  return numbers == 4 ? as_string(value) : std::nullopt;
}

std::optional<std::string> as_bios_version(const std::string& value) {
  return value.size() <= 64 ? as_string(value) : std::nullopt;
}

void write_wireless(ProfileWriter& out) {
  const auto wireless = out.source().find(Fact::wireless_mac_address);
  if (wireless.seen == nullptr) return;
  const bool there = !is_masked_address(wireless.seen->value);
  out.derive("has_wireless", there ? "true" : "false", *wireless.seen, "from its address line");
  if (!there) return;
  out.table("surroundings.wireless");
  out.tell("mac", Fact::wireless_mac_address, as_address);
}

}  // namespace

void write_surroundings(ProfileWriter& out) {
  out.table("surroundings");
  out.tell_or_assume("bios_version", Fact::bios_version, as_bios_version, "\"unknown\"",
                     "no log shows it");
  out.tell_or_assume("mebx_version", Fact::mebx_version, as_version, "\"0.0.0.0\"",
                     "no log shows it");
  out.tell_or_assume("bios_boot_state", Fact::boot_state, "\"post_boot\"", "a tool was running");
  out.tell_or_assume("manageability_mode", Fact::manageability_mode, as_manageability, "\"amt\"",
                     "no log shows it");
  out.tell_or_assume("reset_reason", Fact::reset_reason, "\"power_up\"", "no log shows it");
  write_wireless(out);
  out.table("surroundings.wired");
  out.assume("enabled", "true", "no log shows it");
  out.tell_or_assume("ipv4", Fact::ip_address, as_ipv4, "\"0.0.0.0\"", "no log shows it");
  out.tell_or_assume("link_up", Fact::link_status, "false", "no log shows it");
  out.tell_or_assume("mac", Fact::mac_address, as_address, "\"02-00-00-00-00-01\"",
                     "invented, locally administered: no log shows one");
}

std::string host_system(const FactSource& source, const protocol::Generation& defaults) {
  const Observation* seen = source.own(Fact::host_system);
  return seen != nullptr ? seen->value : std::string(defaults.usual.system);
}

void write_host(ProfileWriter& out, const protocol::Generation& defaults) {
  const std::string system = host_system(out.source(), defaults);
  out.table("host");
  if (const Observation* seen = out.source().own(Fact::host_system))
    out.derive("system", quoted(system), *seen, "what the tool found there");
  else
    out.assume("system", quoted(system), "no log shows it");
  out.table("host." + system);
  out.tell("mei_driver_version", Fact::mei_driver_version, as_string);
  for (const auto& [key, fact] :
       {std::pair{"lms_version", Fact::lms_version}, std::pair{"uns_version", Fact::uns_version}}) {
    const Observation* seen = out.source().own(fact);
    // "Not available" is how the tool says that there is none.
    if (seen != nullptr && !same_letters(seen->value, "Not available"))
      out.tell(key, fact, as_string);
  }
  if (const Observation* blocked = out.source().own(Fact::registers_blocked))
    out.derive("register_access_blocked", "true", *blocked, blocked->value);
  const auto lockout = lockout_lines(out.source().state());
  if (lockout && lockout->read_late)
    out.derive("lockout_read_late", "3", *out.source().own(Fact::tpm_threshold),
               "only the record's end is in these numbers");
}

}  // namespace scenarios::field
