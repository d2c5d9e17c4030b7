// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/tools/newer_error.h"

#include <algorithm>
#include <iterator>
#include <span>

#include "protocol/tools/newer_errors_factory.h"
#include "protocol/tools/newer_errors_host.h"
#include "protocol/tools/newer_errors_update.h"

namespace protocol::tools {
namespace {

struct NewerTable {
  ErrorArea area;
  std::span<const NewerError> rows;
};
constexpr NewerTable kNewerTables[] = {
    {ErrorArea::update, kUpdateErrors},       {ErrorArea::link, kLinkErrors},
    {ErrorArea::engine_state, kEngineErrors}, {ErrorArea::factory_test, kFactoryTestErrors},
    {ErrorArea::flash, kFlashErrors},         {ErrorArea::settings, kSettingsErrors},
    {ErrorArea::tool, kToolErrors},           {ErrorArea::system, kSystemErrors},
};

/// Numbers that the list reserves, or names by a number alone.
struct ReservedNumbers {
  std::uint16_t first;
  std::uint16_t last;
};
constexpr ReservedNumbers kReservedNumbers[] = {
    {9, 9},     {17, 17},   {34, 34},   {155, 155}, {172, 173}, {175, 176}, {191, 191}, {198, 198},
    {200, 201}, {204, 205}, {211, 211}, {214, 214}, {226, 226}, {230, 232}, {234, 235}, {237, 237},
    {247, 248}, {253, 266}, {270, 270}, {275, 275}, {285, 285}, {317, 317}, {327, 327}, {367, 370},
    {374, 374}, {480, 480}, {485, 486}, {500, 500}, {502, 502}, {504, 505}, {512, 512}, {523, 523},
    {547, 547}, {551, 613}, {645, 645}, {651, 651}, {653, 653}, {672, 678}, {688, 688}, {697, 697},
    {699, 699}, {701, 701}, {736, 737}, {740, 740}, {745, 745}, {753, 753}, {759, 759}, {763, 763},
    {766, 766}, {794, 794}, {798, 798}, {815, 815},
};

constexpr bool all_rise() {
  return std::ranges::all_of(kNewerTables, [](const NewerTable& table) {
    return std::ranges::is_sorted(table.rows, {}, &NewerError::number);
  });
}
static_assert(all_rise(), "find_newer_error() looks by halves");

bool is_reserved(std::uint32_t number) {
  return std::ranges::any_of(kReservedNumbers, [&](const ReservedNumbers& each) {
    return number >= each.first && number <= each.last;
  });
}

FoundError reserved(std::uint32_t number) {
  return {ErrorArea::reserved, static_cast<std::uint16_t>(number),
          "ERROR_RESERVED_" + std::to_string(number), "reserved: the list gives it no meaning"};
}

}  // namespace

const char* name(ErrorArea area) {
  constexpr const char* kNames[] = {"update",       "link", "engine_state", "flash",   "settings",
                                    "factory_test", "tool", "system",       "reserved"};
  return kNames[static_cast<std::size_t>(area)];
}

std::optional<FoundError> find_newer_error(std::uint32_t number) {
  if (is_reserved(number)) return reserved(number);
  for (const NewerTable& table : kNewerTables) {
    const auto row = std::ranges::lower_bound(table.rows, number, {}, &NewerError::number);
    if (row != table.rows.end() && row->number == number)
      return FoundError{table.area, row->number, row->name, row->title};
  }
  return std::nullopt;
}

std::vector<FoundError> newer_errors() {
  std::vector<FoundError> all;
  for (const NewerTable& table : kNewerTables) {
    for (const NewerError& row : table.rows)
      all.push_back({table.area, row.number, row.name, row.title});
  }
  for (const ReservedNumbers& each : kReservedNumbers) {
    for (std::uint32_t number = each.first; number <= each.last; ++number)
      all.push_back(reserved(number));
  }
  std::ranges::sort(all, {}, &FoundError::number);
  return all;
}

}  // namespace protocol::tools
