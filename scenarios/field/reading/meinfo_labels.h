// SPDX-License-Identifier: BSD-3-Clause
// The labels, titles and names by which MEInfo's lines are known, drawn from the tables of its
// dialects: what a table has, is read.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/tools/meinfo.h"
#include "scenarios/field/reading/fact.h"

namespace scenarios::field {

class MeinfoLabels {
 public:
  /// Of one that is not printed, only how its lines begin is known: it has no labels.
  explicit MeinfoLabels(std::span<const protocol::tools::Meinfo> dialects);

  struct Label {
    std::string text;
    Fact fact = Fact::none;
    std::uint16_t generation = 0;  ///< of the only dialect that has it; 0: several have
  };
  /// A line without a value.
  struct Plain {
    std::string_view text;
    bool opens = false;
    std::uint16_t generation = 0;
  };
  /// "Flash: 5.0.1 Netstack: 5.0.1": the first label of two in one line.
  struct Pair {
    std::string_view first;
    std::uint16_t generation = 0;
  };

  const std::vector<Label>& labels() const { return labels_; }
  const std::vector<Plain>& plain() const { return plain_; }
  /// Names that stand in lines of their own, without a label.
  const std::vector<std::string_view>& names() const { return names_; }
  /// What stands behind the brand in the title above the versions.
  const std::vector<std::string_view>& titles() const { return titles_; }

  /// `label` in any case; null: none has it.
  const Label* find(std::string_view label) const;
  const Pair* find_pair(std::string_view first) const;
  bool is_name(std::string_view line) const;
  bool begins_a_label(std::string_view text) const;

 private:
  void add_label(const protocol::tools::Line& line, std::uint16_t generation);
  void add_label(std::string text, Fact fact, std::uint16_t generation);
  void add(const protocol::tools::Line& line, std::uint16_t generation);
  void add_names(const protocol::tools::Line& line);

  std::vector<Label> labels_;
  std::vector<Plain> plain_;
  std::vector<Pair> pairs_;
  std::vector<std::string_view> names_;
  std::vector<std::string_view> titles_;
};

/// Of the dialects of those generations of which boards are built.
const MeinfoLabels& known_labels();

}  // namespace scenarios::field
