// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/meinfo_labels.h"

#include <algorithm>

#include "scenarios/field/reading/run_log.h"
#include "scenarios/field/reading/spelling.h"

namespace scenarios::field {
namespace {

using protocol::tools::Form;
using protocol::tools::Line;
using protocol::tools::Meinfo;

/// What stands behind the brand's mark.
std::string_view behind_brand(std::string_view text) {
  const std::size_t at = text.find(protocol::tools::kBrandMark);
  return at == text.npos ? text : text.substr(at + protocol::tools::kBrandMark.size());
}

}  // namespace

MeinfoLabels::MeinfoLabels(std::span<const Meinfo> dialects) {
  for (const Meinfo& dialect : dialects) {
    if (dialect.format.empty()) continue;
    for (std::size_t i = 0; i < dialect.lines.size(); ++i) {
      add(dialect.lines[i], dialect.generation);
      if (i > 0 && dialect.lines[i].form == Form::joined)
        pairs_.push_back({dialect.lines[i - 1].label, dialect.generation});
    }
  }
}

void MeinfoLabels::add(const Line& line, std::uint16_t generation) {
  if (line.form == Form::plain)
    plain_.push_back({line.label, line.opens, generation});
  else if (line.form == Form::title)
    titles_.push_back(behind_brand(line.label));
  else
    add_label(line, line.tells_dialect ? generation : 0);
  if (line.form == Form::names_beneath) add_names(line);
}

void MeinfoLabels::add_label(const Line& line, std::uint16_t generation) {
  if (line.label.find(protocol::tools::kBrandMark) == line.label.npos)
    return add_label(std::string(line.label), line.fact, generation);
  for (const std::string_view brand : protocol::tools::kBrands)
    add_label(protocol::tools::with_brand(line.label, brand), line.fact, generation);
}

void MeinfoLabels::add_label(std::string text, Fact fact, std::uint16_t generation) {
  const auto known = std::find_if(labels_.begin(), labels_.end(), [&](const Label& label) {
    return same_letters(label.text, text);
  });
  if (known != labels_.end())
    known->generation = 0;
  else
    labels_.push_back({std::move(text), fact, generation});
}

void MeinfoLabels::add_names(const Line& line) {
  for (const protocol::tools::Word& word : line.words.rows) names_.push_back(word.text);
}

const MeinfoLabels::Label* MeinfoLabels::find(std::string_view label) const {
  const auto row = std::find_if(labels_.begin(), labels_.end(),
                                [&](const Label& each) { return same_letters(each.text, label); });
  return row == labels_.end() ? nullptr : &*row;
}

const MeinfoLabels::Pair* MeinfoLabels::find_pair(std::string_view first) const {
  const auto row = std::find_if(pairs_.begin(), pairs_.end(),
                                [&](const Pair& each) { return same_letters(each.first, first); });
  return row == pairs_.end() ? nullptr : &*row;
}

bool MeinfoLabels::is_name(std::string_view line) const {
  return std::any_of(names_.begin(), names_.end(),
                     [&](std::string_view each) { return same_letters(each, line); });
}

bool MeinfoLabels::begins_a_label(std::string_view text) const {
  return std::any_of(labels_.begin(), labels_.end(),
                     [&](const Label& each) { return is_beginning_of(each.text, text); });
}

const MeinfoLabels& known_labels() {
  // Those of later generations are in later_labels.h: they tell no board that is built.
  static const MeinfoLabels known(protocol::tools::meinfo_to(kLastGeneration));
  return known;
}

// What is asked of all dialects (fact.h).

std::optional<Fact> meinfo_fact(std::string_view label) {
  const auto* known = known_labels().find(label);
  return known != nullptr ? std::optional(known->fact) : std::nullopt;
}

std::vector<std::string_view> meinfo_labels() {
  std::vector<std::string_view> labels;
  for (const auto& label : known_labels().labels()) labels.emplace_back(label.text);
  return labels;
}

bool begins_a_label(std::string_view text) {
  return known_labels().begins_a_label(text);
}

bool begins_with_label(std::string_view line) {
  const auto& labels = known_labels().labels();
  return std::any_of(labels.begin(), labels.end(), [&](const MeinfoLabels::Label& label) {
    const bool several = label.text.find(' ') != std::string::npos;
    return several && same_letters(label.text, line.substr(0, label.text.size()));
  });
}

std::size_t longest_label_at_end(std::string_view text) {
  std::size_t longest = 0;
  for (const auto& label : known_labels().labels()) {
    if (label.text.size() <= longest || label.text.size() > text.size()) continue;
    const std::size_t at = text.size() - label.text.size();
    const bool word = at == 0 || text[at - 1] == ' ';
    if (word && same_letters(label.text, text.substr(at))) longest = label.text.size();
  }
  return longest;
}

std::size_t capability_length(std::string_view text) {
  std::size_t longest = 0;
  for (const std::string_view name : known_labels().names()) {
    if (name.size() > longest && same_letters(name, text.substr(0, name.size())))
      longest = name.size();
  }
  return longest;
}

bool is_capability_name(std::string_view line) {
  return known_labels().is_name(line);
}

}  // namespace scenarios::field
