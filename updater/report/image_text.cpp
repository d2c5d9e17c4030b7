// SPDX-License-Identifier: BSD-3-Clause
#include <fmt/format.h>

#include "updater/report/explanations.h"
#include "updater/report/people.h"
#include "updater/report/printable.h"
#include "updater/report/words.h"

namespace updater::report {
namespace {

using image::Image;

std::string line(const char* label, const std::string& value) {
  return fmt::format("  {:18}{}\n", label, value);
}

/// BCD yyyymmdd, 0x20100315 = 2010-03-15.
std::string date_text(std::uint32_t bcd) {
  return fmt::format("{:04x}-{:02x}-{:02x}", bcd >> 16, bcd >> 8 & 0xFF, bcd & 0xFF);
}

std::string flags_text(std::uint32_t flags) {
  std::string text = fmt::format("0x{:08X}", flags);
  if ((flags >> 31 & 1) != 0) text += ", debug-signed";
  if ((flags >> 30 & 1) != 0) text += ", pre-production";
  return text;
}

std::string module_text(const image::Module& module) {
  return fmt::format("  {:16}  {:12}  {:>8}  {:>8}  0x{:06X}  {}\n", printable(module.entry.name),
                     to_text(module.entry.version), module.entry.stored_size, module.raw_size,
                     module.offset, module.compressed ? "LZMA" : "stored");
}

std::string modules_section(const Image& image) {
  if (image.modules.empty()) return "";
  std::string text = fmt::format("\nModules\n  {:16}  {:12}  {:>8}  {:>8}  {:8}\n", "name",
                                 "version", "bytes", "expanded", "offset");
  for (const image::Module& module : image.modules) text += module_text(module);
  return text;
}

std::string partitions_section(const Image& image) {
  if (!image.partitions) return "";
  std::string text = "\nPartitions\n";
  for (const auto& entry : image.partitions->partitions) {
    text += fmt::format("  {:6}  offset 0x{:08X}  {:>8} bytes\n", printable(entry.name),
                        entry.offset, entry.size);
  }
  return text;
}

std::string verdict(const std::vector<image::Defect>& defects) {
  if (defects.empty()) return "\nSound: every hash and the signature fit.\n";
  std::string text =
      fmt::format("\nNOT SOUND: {} defect{}\n", defects.size(), defects.size() == 1 ? "" : "s");
  for (const image::Defect& defect : defects) {
    text += fmt::format("  {} (error {})\n", printable(to_text(defect)),
                        protocol::update::number(defect.tool_error));
  }
  return text;
}

}  // namespace

namespace {

/// The bits' names are those of ME 2 to 5; what later firmware means by them is another matter.
std::string sku_text(const Image& image) {
  if (!image.file_partitions.empty()) return fmt::format("0x{:08X}", image.sku);
  return fmt::format("0x{:08X} ({})", image.sku, joined(capability_names(image.sku), ", "));
}

}  // namespace

std::string image_text(const Image& image, const std::vector<image::Defect>& defects) {
  std::string text = "Image\n";
  text += line("kind", name(image.kind));
  text += line("file", fmt::format("{} bytes", image.file.size()));
  text +=
      line("code", fmt::format("{} bytes at offset 0x{:X}", image.code_size, image.code_offset));
  text += line("version", to_text(image.version()));
  text += line("SKU", sku_text(image));
  text += line("date", date_text(image.manifest.date));
  text += line("vendor", fmt::format("0x{:04X}", image.manifest.vendor));
  text += line("flags", flags_text(image.manifest.flags));
  text += line("partition", printable(image.manifest.partition_name));
  text += line("signing key", fmt::format("{} (MD5 {})", name(image.key), image.key_md5));
  return text + modules_section(image) + partitions_section(image) + verdict(defects);
}

std::string unreadable_text(const image::Defect& defect, const std::string& then) {
  const std::uint32_t number = protocol::update::number(defect.tool_error);
  const KnownNumber* known = find_tool_error(number);
  std::string text =
      fmt::format("not a readable image: {} (error {}){}\n", to_text(defect), number, then);
  if (known != nullptr) text += fmt::format("Next step: {}\n", known->next_step);
  return text;
}

}  // namespace updater::report
