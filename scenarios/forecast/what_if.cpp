// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/forecast/what_if.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "config/strict_toml.h"
#include "emulator/flash/parts.h"

namespace scenarios::forecast {
namespace {

using base::Duration;
using emulator::flash::Part;
using emulator::machine::Profile;
using updater::update::Way;

/// What a value is and what it is when it is twice as good, as TOML has them.
struct Change {
  std::string now;
  std::string then;
};
using Better = std::optional<Change> (*)(const Profile&);

enum class For : std::uint8_t { both, heci, tpm };

struct Lever {
  const char* key;
  For way;
  Better better;
};

std::string in_quotes(std::string_view text) {
  return fmt::format("\"{}\"", text);
}

std::optional<Change> halved(Duration value) {
  if (value <= Duration(1)) return std::nullopt;
  return Change{.now = in_quotes(config::duration_text(value)),
                .then = in_quotes(config::duration_text(value / 2))};
}

std::optional<Change> doubled(std::uint32_t value, std::uint32_t most) {
  const std::uint32_t then = std::min(value * 2, most);
  if (then == value) return std::nullopt;
  return Change{.now = std::to_string(value), .then = std::to_string(then)};
}

/// The quickest part of the same size, if it is not this one.
std::optional<Change> quicker_part(const Profile& p) {
  const Part& now = *emulator::flash::find_part(p.flash.part);
  const Part* best = &now;
  for (const Part& part : emulator::flash::kParts) {
    if (part.geometry.size == now.geometry.size && part.page_program < best->page_program)
      best = &part;
  }
  if (best == &now) return std::nullopt;
  return Change{.now = in_quotes(now.name), .then = in_quotes(best->name)};
}

constexpr std::uint32_t kDeepestRing = 128;
constexpr std::uint32_t kLongestUpdateMessage = 4096;
constexpr std::uint32_t kLargestBlock = 4000;
constexpr std::uint32_t kLargestFifo = 4096;

const Lever kLevers[] = {
    {"flash.part", For::both, quicker_part},
    {"update.verify_per_mib", For::both,
     [](const Profile& p) { return halved(p.firmware.update.verify_per_mib); }},
    {"update.boot_time", For::both,
     [](const Profile& p) { return halved(p.firmware.update.boot_time); }},
    {"heci.turnaround", For::heci, [](const Profile& p) { return halved(p.heci.turnaround); }},
    {"heci.depth", For::heci, [](const Profile& p) { return doubled(p.heci.depth, kDeepestRing); }},
    {"update.fwu_mtu", For::heci,
     [](const Profile& p) { return doubled(p.firmware.update.fwu_mtu, kLongestUpdateMessage); }},
    {"update.data_processing", For::both,
     [](const Profile& p) { return halved(p.firmware.update.data_processing); }},
    {"tpm.timing.upgrade_block", For::tpm,
     [](const Profile& p) { return halved(p.tpm.timing.upgrade_block); }},
    {"tpm.upgrade.max_block", For::tpm,
     [](const Profile& p) { return doubled(p.tpm.upgrade.max_block, kLargestBlock); }},
    {"tpm.tis.fifo_size", For::tpm,
     [](const Profile& p) { return doubled(p.tpm.tis.fifo_size, kLargestFifo); }},
    {"tpm.tis.fifo_refill", For::tpm,
     [](const Profile& p) { return halved(p.tpm.tis.fifo_refill); }},
};

bool matters(const Lever& lever, Way way) {
  return lever.way == For::both || (lever.way == For::tpm) == (way == Way::tpm);
}

}  // namespace

base::Result<std::vector<WhatIf>> what_ifs(const Subject& subject,
                                           const updater::image::Image& image,
                                           const Forecast& as_is) {
  const auto profile = open_profile(subject, as_is.way);
  if (!profile) return profile.error();
  std::vector<WhatIf> all;
  for (const Lever& lever : kLevers) {
    const auto change = lever.better(*profile);
    if (!change || !matters(lever, as_is.way)) continue;
    Subject changed = subject;
    changed.set.push_back({.key = lever.key, .value = change->then, .where = "mesim bench"});
    const auto then = forecast(changed, image, as_is.way);
    if (!then) return then.error();
    if (then->total >= as_is.total) continue;
    all.push_back({.key = lever.key,
                   .now = change->now,
                   .then = change->then,
                   .saved = as_is.total - then->total});
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const WhatIf& a, const WhatIf& b) { return a.saved > b.saved; });
  return all;
}

}  // namespace scenarios::forecast
