// SPDX-License-Identifier: BSD-3-Clause
// Walks the lines of a dialect: where each stands, and how a value becomes its line.
#include "updater/report/meinfo.h"

#include <fmt/format.h>

#include "protocol/generation.h"
#include "updater/report/meinfo_values.h"

namespace updater::report {
namespace {

using inventory::Inventory;
using protocol::tools::Form;
using protocol::tools::Layout;
using protocol::tools::Line;
using protocol::tools::Meinfo;
using protocol::tools::OnlyWith;
using protocol::tools::with_brand;
using protocol::tools::Word;
using Lines = std::vector<std::string>;

bool stands(const Line& line, const Inventory& i) {
  switch (line.only_with) {
    case OnlyWith::anything:
      break;
    case OnlyWith::amt:
      return (i.capabilities.value_or(0) & protocol::sku::kAmtPro) != 0;
    case OnlyWith::tpm:
      return !i.capabilities || (*i.capabilities & protocol::sku::kTpm) != 0;
    case OnlyWith::refused_wireless:
      return meinfo_value(protocol::tools::Fact::wireless_mac_address, i).kind ==
             MeinfoValue::Kind::refused;
  }
  return true;
}

/// The names of the bits that are set.
Lines names_of(const Line& line, std::uint32_t bits) {
  Lines names;
  for (const Word& word : line.words.rows) {
    if ((bits & word.value) != 0) names.emplace_back(word.text);
  }
  return names;
}

/// "9.0.0.0029", as later tools print the version of MEBx alone.
std::string with_long_build(const std::string& text) {
  const auto version = protocol::parse_firmware_version(text);
  if (!version) return text;
  return fmt::format("{}.{}.{}.{:04}", version->major, version->minor, version->hotfix,
                     version->build);
}

bool is_bare(const Line& line) {
  return line.form == Form::bare_column || line.form == Form::bare_mebx;
}
bool is_of_mebx(const Line& line) {
  return line.form == Form::mebx || line.form == Form::bare_mebx;
}

std::string shown(const Line& line, const MeinfoValue& value, const std::string& brand) {
  if (value.kind == MeinfoValue::Kind::text)
    return is_of_mebx(line) ? with_long_build(value.text) : value.text;
  if (line.form == Form::names)
    return fmt::format("{}", fmt::join(names_of(line, value.number), " "));
  if (line.form == Form::names_beneath) return std::to_string(value.number);
  if (line.form == Form::hexadecimal) return fmt::format("0x{:08X}", value.number);
  return with_brand(text_of(line.words, value.number), brand);
}

/// "FW Version:                             8.0.4.1441"
std::string in_column(const Line& line, const std::string& label, const std::string& value,
                      const Layout& layout) {
  const std::string begins =
      fmt::format("{:{}}{}{}", "", layout.indent, label, is_bare(line) ? "" : ":");
  return fmt::format("{:<{}}{}{}", begins, layout.column, begins.size() < layout.column ? "" : " ",
                     value);
}

bool has_a_column(const Line& line) {
  return line.form == Form::column || line.form == Form::hexadecimal || is_bare(line) ||
         is_of_mebx(line);
}

/// "MAC Address: 00-19-99-00-00-00"
std::string labelled(const Line& line, const std::string& label, const std::string& value) {
  const bool bare = line.form == Form::may_be_bare && value.empty();
  const bool blank = line.form != Form::tight && !bare;
  return fmt::format("{}:{}{}", label, blank ? " " : "", value);
}

bool is_told(const MeinfoValue& value) {
  return value.kind == MeinfoValue::Kind::number || value.kind == MeinfoValue::Kind::text;
}

void append_value(const Line& line, const Layout& layout, const std::string& brand,
                  const Inventory& i, Lines& all) {
  const std::string label = with_brand(line.label, brand);
  const MeinfoValue value = meinfo_value(line.fact, i);
  if (value.kind == MeinfoValue::Kind::refused && !line.refused.empty()) {
    all.push_back(fmt::format("{}:{}", label, line.refused));
    return;
  }
  if (!is_told(value) && line.untold.empty()) return;
  const std::string text = is_told(value) ? shown(line, value, brand) : std::string(line.untold);
  std::string whole =
      has_a_column(line) ? in_column(line, label, text, layout) : labelled(line, label, text);
  if (line.form == Form::joined && !all.empty())
    all.back() += " " + whole;
  else
    all.push_back(std::move(whole));
  if (line.form != Form::names_beneath || !is_told(value)) return;
  const Lines names = names_of(line, value.number);
  all.insert(all.end(), names.begin(), names.end());
}

void append(const Line& line, const Layout& layout, const std::string& brand, const Inventory& i,
            Lines& all) {
  if (!stands(line, i)) return;
  if (line.form == Form::plain)
    all.push_back(fmt::format("{}{}", line.label, line.end));
  else if (line.form == Form::title)
    all.push_back(with_brand(line.label, brand) + ":");
  else
    append_value(line, layout, brand, i, all);
}

}  // namespace

const Meinfo& meinfo_dialect(const Inventory& inventory) {
  using protocol::tools::printed_meinfo;
  const auto version = inventory::running_version(inventory);
  if (!version) return printed_meinfo(protocol::tools::MeinfoDialect::me5);
  return printed_meinfo(protocol::nearest_generation(version->major).meinfo.value);
}

std::string meinfo(const Inventory& inventory, const Meinfo& dialect) {
  const std::string brand = meinfo_brand(inventory);
  Lines all;
  for (const Line& line : dialect.lines) append(line, dialect.layout, brand, inventory, all);
  std::string text;
  for (const std::string& each : all) text += each + "\n";
  return text;
}

std::string meinfo(const Inventory& inventory) {
  return meinfo(inventory, meinfo_dialect(inventory));
}

}  // namespace updater::report
