// SPDX-License-Identifier: BSD-3-Clause
#include <fmt/format.h>

#include "base/hex.h"
#include "updater/report/json.h"
#include "updater/report/words.h"

namespace updater::report {
namespace {

Json module_json(const image::Module& module) {
  return {{"name", module.entry.name},
          {"version", to_text(module.entry.version)},
          {"offset", module.offset},
          {"stored_size", module.entry.stored_size},
          {"expanded_size", module.raw_size},
          {"compressed", module.compressed},
          {"sha1", base::to_hex(module.entry.sha1)}};
}

Json partitions_json(const image::Image& image) {
  if (!image.partitions) return nullptr;
  Json all = Json::array();
  for (const auto& entry : image.partitions->partitions) {
    all.push_back({{"name", entry.name}, {"offset", entry.offset}, {"size", entry.size}});
  }
  return all;
}

}  // namespace

Json defect_json(const image::Defect& defect) {
  return {{"offset", defect.offset},
          {"field", defect.field},
          {"what", defect.what},
          {"tool_error", protocol::update::number(defect.tool_error)}};
}

Json image_json(const image::Image& image, const std::vector<image::Defect>& defects) {
  Json json;
  json["schema"] = "meupdate-image-1";
  json["kind"] = name(image.kind);
  json["file_size"] = image.file.size();
  json["code_offset"] = image.code_offset;
  json["code_size"] = image.code_size;
  json["version"] = to_text(image.version());
  json["sku"] = image.sku;
  json["sku_names"] =
      image.file_partitions.empty() ? capability_names(image.sku) : std::vector<std::string>{};
  json["date"] = fmt::format("{:08x}", image.manifest.date);
  json["vendor"] = image.manifest.vendor;
  json["flags"] = image.manifest.flags;
  json["partition"] = image.manifest.partition_name;
  json["signing_key"] = name(image.key);
  json["key_md5"] = image.key_md5;
  json["modules"] = Json::array();
  for (const image::Module& module : image.modules) json["modules"].push_back(module_json(module));
  json["partitions"] = partitions_json(image);
  json["sound"] = defects.empty();
  json["defects"] = Json::array();
  for (const image::Defect& defect : defects) json["defects"].push_back(defect_json(defect));
  return json;
}

}  // namespace updater::report
