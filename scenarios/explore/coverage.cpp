// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/explore/coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <new>
#include <nlohmann/json.hpp>

#include "os/shared_memory.h"

namespace scenarios::explore {
namespace {

using base::kPlaceCount;

enum class Need : std::uint8_t { none, once };
struct PlaceRow {
  const char* name;
  const char* words;
  Need need;
};
#define MEBENCH_PLACE(name, words) PlaceRow{#name, words, Need::none},
#define MEBENCH_SOMETIMES(name, words) PlaceRow{#name, words, Need::once},
constexpr std::array<PlaceRow, kPlaceCount> kPlaces = {
    {MEBENCH_PLACES(MEBENCH_PLACE, MEBENCH_SOMETIMES)}};
#undef MEBENCH_PLACE
#undef MEBENCH_SOMETIMES

const PlaceRow& row_of(base::Place place) {
  return kPlaces.at(static_cast<std::size_t>(place));
}

}  // namespace

const char* name(base::Place place) {
  return row_of(place).name;
}
const char* words(base::Place place) {
  return row_of(place).words;
}
bool must_be_reached(base::Place place) {
  return row_of(place).need == Need::once;
}

base::Result<void> share_places() {
  static_assert(sizeof(base::PlaceMarks) == kPlaceCount, "a place is one byte");
  auto memory = os::SharedMemory::make(sizeof(base::PlaceMarks));
  if (!memory) return memory.error();
  // Marked until the process ends.
  static const os::SharedMemory kept = std::move(memory).value();
  base::place_marks = new (kept.data()) base::PlaceMarks{};
  return {};
}

Coverage Coverage::here() {
  Coverage out;
  const base::PlaceMarks& marks = *base::place_marks.load();
  for (std::size_t i = 0; i < kPlaceCount; ++i) out.has_[i] = marks[i] != 0;
  return out;
}

base::Result<Coverage> Coverage::from_json(const std::string& text) {
  Coverage out;
  try {
    const auto json = nlohmann::json::parse(text);
    if (json.at("schema") != 1) throw std::invalid_argument("its schema is not 1");
    for (const std::string reached : json.at("reached")) {
      const auto row = std::find_if(kPlaces.begin(), kPlaces.end(),
                                    [&](const PlaceRow& one) { return one.name == reached; });
      if (row == kPlaces.end())
        throw std::invalid_argument("no place is called \"" + reached + "\"");
      out.has_[static_cast<std::size_t>(row - kPlaces.begin())] = true;
    }
  } catch (const std::exception& failure) {
    return base::Error{base::Errc::invalid,
                       std::string("not what --reached writes: ") + failure.what()};
  }
  return out;
}

void Coverage::add(const Coverage& other) {
  for (std::size_t i = 0; i < kPlaceCount; ++i) has_[i] = has_[i] || other.has_[i];
}

std::size_t Coverage::count() const {
  return static_cast<std::size_t>(std::count(has_.begin(), has_.end(), true));
}

std::vector<base::Place> Coverage::missing() const {
  std::vector<base::Place> out;
  for (std::size_t i = 0; i < kPlaceCount; ++i) {
    if (!has_[i] && kPlaces[i].need == Need::once) out.push_back(static_cast<base::Place>(i));
  }
  return out;
}

std::string Coverage::to_json() const {
  nlohmann::ordered_json json = {{"schema", 1}, {"reached", nlohmann::ordered_json::array()}};
  for (std::size_t i = 0; i < kPlaceCount; ++i) {
    if (has_[i]) json["reached"].push_back(kPlaces[i].name);
  }
  return json.dump(1) + "\n";
}

std::string Coverage::to_text() const {
  std::string out;
  for (const base::Place place : missing())
    out += fmt::format("MUST BE REACHED  {:26} {}\n", name(place), words(place));
  for (std::size_t i = 0; i < kPlaceCount; ++i) {
    if (!has_[i] && kPlaces[i].need == Need::none)
      out += fmt::format("never reached    {:26} {}\n", kPlaces[i].name, kPlaces[i].words);
  }
  return out + fmt::format("{} of {} places were reached\n", count(), kPlaceCount);
}

}  // namespace scenarios::explore
