// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/later_labels.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "protocol/tools/meinfo.h"
#include "scenarios/field/reading/run_log.h"
#include "scenarios/field/reading/spelling.h"

namespace scenarios::field {
namespace {

namespace tools = protocol::tools;

/// As people and other tools spell them.
constexpr std::array kAlsoSpelled = {
    LaterLabel{"Current State", Fact::working_state},
    LaterLabel{"Manufacturing Mode", Fact::manufacturing_mode},
    LaterLabel{"Flash Partition", Fact::flash_partition},
    LaterLabel{"Operational State", Fact::operational_state},
    LaterLabel{"Init Complete", Fact::init_complete},
    LaterLabel{"BUP Load State", Fact::loader_state},
    LaterLabel{"Error Code", Fact::state_error},
    LaterLabel{"Mode Of Operation", Fact::operation_mode},
};

bool has_no_value(const tools::Line& line) {
  return line.form == tools::Form::plain || line.form == tools::Form::title;
}

/// Lines that no tool of an earlier generation prints.
template <class Take>
void each_later_line(Take take) {
  for (const tools::Meinfo& dialect : tools::meinfo_from(kFirstUnknownGeneration)) {
    for (const tools::Line& line : dialect.lines) take(line);
  }
  for (const tools::Meinfo& dialect : tools::kMeinfoStatus) {
    for (const tools::Line& line : dialect.lines) take(line);
  }
  for (const tools::Line& line : tools::kMeinfoBesides) take(line);
}

std::vector<LaterLabel> collected_labels() {
  std::vector<LaterLabel> labels(kAlsoSpelled.begin(), kAlsoSpelled.end());
  each_later_line([&](const tools::Line& line) {
    const bool known = std::any_of(labels.begin(), labels.end(), [&](const LaterLabel& each) {
      return each.label == line.label;
    });
    if (known || has_no_value(line) || meinfo_fact(line.label)) return;
    labels.push_back({line.label, line.fact, line.known_bare});
  });
  return labels;
}

/// By their first letter, upper and lower case in one row: most lines begin no label.
class LaterLabelIndex {
 public:
  LaterLabelIndex() {
    for (const LaterLabel& each : later_labels()) row_of(each.label[0]).push_back(each);
  }
  const std::vector<LaterLabel>& at(char first) const { return rows_[place_of(first)]; }

 private:
  static constexpr std::size_t kRows = 32;
  static std::size_t place_of(char c) { return static_cast<unsigned char>(c) % kRows; }
  std::vector<LaterLabel>& row_of(char c) { return rows_[place_of(c)]; }

  std::array<std::vector<LaterLabel>, kRows> rows_;
};

std::vector<tools::Line> collected_plain_lines() {
  std::vector<tools::Line> lines;
  each_later_line([&](const tools::Line& line) {
    // The title above the versions is known by its brand.
    if (has_no_value(line) && line.fact != Fact::brand) lines.push_back(line);
  });
  return lines;
}

}  // namespace

std::span<const LaterLabel> later_labels() {
  static const std::vector<LaterLabel> labels = collected_labels();
  return labels;
}

const LaterLabel* later_label_of(std::string_view line) {
  static const LaterLabelIndex index;
  const LaterLabel* found = nullptr;
  if (line.empty()) return found;
  for (const LaterLabel& row : index.at(line[0])) {
    const bool longer = found == nullptr || row.label.size() > found->label.size();
    if (!longer || !same_letters(row.label, line.substr(0, row.label.size()))) continue;
    const std::string_view rest = line.substr(row.label.size());
    const bool apart = rest.starts_with(':') || rest.starts_with(" :") || rest.starts_with(" ");
    if (apart) found = &row;
  }
  return found;
}

bool is_later_plain_line(std::string_view line) {
  static const std::vector<tools::Line> lines = collected_plain_lines();
  return std::any_of(lines.begin(), lines.end(), [&](const tools::Line& row) {
    if (row.form == tools::Form::plain) return line.starts_with(row.label);
    const bool colon = line.ends_with(':') && !row.label.ends_with(':');
    return line.substr(0, line.size() - (colon ? 1 : 0)) == row.label;
  });
}

}  // namespace scenarios::field
