// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/forecast/sweep.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

namespace scenarios::forecast {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using updater::update::Way;

Error wrong_sweep(std::string_view text, std::string_view why) {
  return {Errc::invalid,
          fmt::format("--sweep {}: {}; it is KEY=FROM..TO, which doubles from FROM to TO, or "
                      "KEY=VALUE,VALUE,..., such as heci.depth=2..128",
                      text, why)};
}

/// "1500ms": a number and what follows it.
struct Amount {
  std::uint64_t number = 0;
  std::string unit;
};

std::optional<Amount> read_amount(std::string_view text) {
  Amount amount;
  const char* const end = text.data() + text.size();
  const auto [rest, failed] = std::from_chars(text.data(), end, amount.number);
  if (failed != std::errc() || amount.number == 0) return std::nullopt;
  amount.unit.assign(rest, end);
  return amount;
}

std::string as_value(const Amount& amount) {
  if (amount.unit.empty()) return std::to_string(amount.number);
  return fmt::format("\"{}{}\"", amount.number, amount.unit);
}

/// As a person types a list's entry: numbers, truth values and quoted text as they are.
std::string as_value(std::string_view typed) {
  const bool is_number =
      !typed.empty() &&
      typed.find_first_not_of("0123456789xabcdefABCDEF") == std::string_view::npos &&
      typed[0] >= '0' && typed[0] <= '9';
  const bool is_toml = is_number || typed == "true" || typed == "false" || typed.starts_with('"');
  return is_toml ? std::string(typed) : fmt::format("\"{}\"", typed);
}

Result<std::vector<std::string>> doubling(std::string_view text, std::string_view from,
                                          std::string_view to) {
  const auto first = read_amount(from);
  const auto last = read_amount(to);
  if (!first || !last) return wrong_sweep(text, "FROM and TO must be numbers above 0");
  if (first->unit != last->unit) return wrong_sweep(text, "FROM and TO have two units");
  if (first->number > last->number) return wrong_sweep(text, "FROM is more than TO");
  std::vector<std::string> values;
  for (Amount at = *first; at.number <= last->number; at.number *= 2) {
    values.push_back(as_value(at));
    if (at.number > last->number / 2) break;
  }
  return values;
}

std::vector<std::string> listed(std::string_view list) {
  std::vector<std::string> values;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    if (end > 0) values.push_back(as_value(list.substr(0, end)));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return values;
}

Result<Forecast> swept_forecast(const Subject& subject,
                                const std::optional<updater::image::Image>& image, Way way) {
  const auto profile = open_profile(subject, way);
  if (!profile) return profile.error();
  if (image) return forecast(*profile, *image, way);
  const auto own = next_image(*profile);
  if (!own) return own.error();
  return forecast(*profile, *own, way);
}

}  // namespace

Result<Sweep> read_sweep(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) return wrong_sweep(text, "no KEY= in it");
  Sweep sweep{.key = std::string(text.substr(0, equals)), .values = {}};
  const std::string_view range = text.substr(equals + 1);
  const std::size_t dots = range.find("..");
  if (dots == std::string_view::npos) {
    sweep.values = listed(range);
  } else {
    auto values = doubling(text, range.substr(0, dots), range.substr(dots + 2));
    if (!values) return values.error();
    sweep.values = std::move(*values);
  }
  if (sweep.values.empty()) return wrong_sweep(text, "no value in it");
  if (sweep.values.size() > kMostValues)
    return wrong_sweep(text, fmt::format("more than {} values", kMostValues));
  return sweep;
}

std::vector<SweepPoint> run_sweep(const Subject& subject, const Sweep& sweep,
                                  const std::optional<updater::image::Image>& image, Way way) {
  std::vector<SweepPoint> points;
  for (const std::string& value : sweep.values) {
    Subject changed = subject;
    changed.set.push_back({.key = sweep.key, .value = value, .where = "--sweep"});
    points.push_back({.value = value, .forecast = swept_forecast(changed, image, way)});
  }
  return points;
}

}  // namespace scenarios::forecast
