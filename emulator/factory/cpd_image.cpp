// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/factory/cpd_image.h"

#include <algorithm>
#include <array>

#include "emulator/factory/filling.h"
#include "protocol/image/cpd.h"
#include "protocol/image/cpd_manifest.h"

namespace emulator::factory {
namespace {

using base::Bytes;
using base::ByteView;
using base::ByteWriter;
using protocol::image::Cpd;
using protocol::image::CpdEntry;
using protocol::image::CpdManifest;
using protocol::image::ManifestForm;
using protocol::image::ModuleAttributes;
using protocol::image::PartitionInfo;

constexpr std::uint32_t kSmallestCpdPartition = 0x1000;
constexpr std::uint32_t kFirstCpdModule = 0x400;  ///< bytes
constexpr std::array<const char*, 2> kCpdModules = {"bup", "kernel"};

/// Where everything lies: manifest and metadata first, then the modules up to the end.
struct CpdPlan {
  ManifestForm form = ManifestForm::cpd_r2;
  Cpd directory;
  PartitionInfo info;
  bool says_system = false;  ///< extension 0C
  std::uint32_t manifest_at = 0;
  std::uint32_t manifest_size = 0;
};

CpdPlan plan_of(const PartitionRecipe& recipe, ManifestForm form) {
  CpdPlan plan{.form = form};
  const auto metadata = static_cast<std::uint32_t>(ModuleAttributes::size_with(form));
  plan.says_system = recipe.name == "FTPR";
  plan.info = {.form = form,
               .name = recipe.name,
               .size = recipe.size,
               .control_number = recipe.control_number,
               .instance = 1,
               .modules = {}};
  for (const char* name : kCpdModules)
    plan.info.modules.push_back({.name = name, .metadata_size = metadata});
  plan.manifest_size = static_cast<std::uint32_t>(
      protocol::image::shape_of(form).size() + plan.info.size_on_flash() +
      (plan.says_system ? protocol::image::ClientSystemInfo::size_on_flash : 0));
  const std::size_t entries = 1 + 2 * kCpdModules.size();
  plan.manifest_at =
      static_cast<std::uint32_t>(Cpd::header_size + entries * CpdEntry::size_on_flash);
  plan.directory.partition = recipe.name;
  std::uint32_t at = plan.manifest_at;
  const auto add = [&](const std::string& name, std::uint32_t size) {
    plan.directory.entries.push_back({.name = name, .offset = at, .size = size});
    at += size;
  };
  add(recipe.name + ".man", plan.manifest_size);
  for (const char* name : kCpdModules) add(std::string(name) + ".met", metadata);
  add(kCpdModules[0], kFirstCpdModule);
  add(kCpdModules[1], recipe.size - at);
  return plan;
}

void put_metadata(base::MutableByteView partition, CpdPlan& plan) {
  for (std::size_t i = 0; i < kCpdModules.size(); ++i) {
    const CpdEntry& module = plan.directory.entries[1 + kCpdModules.size() + i];
    const CpdEntry& metadata = plan.directory.entries[1 + i];
    ByteWriter out(partition.subspan(metadata.offset, metadata.size));
    encode(out, ModuleAttributes{
                    .form = plan.form,
                    .raw_size = module.size,
                    .stored_size = module.size,
                    .hash = protocol::image::cpd_hash(
                        plan.form, ByteView(partition).subspan(module.offset, module.size))});
    plan.info.modules[i].metadata_sha256 =
        protocol::image::sha256(ByteView(partition).subspan(metadata.offset, metadata.size));
  }
}

void put_manifest(base::MutableByteView partition, CpdPlan& plan, const PartitionRecipe& recipe) {
  const ByteView all = partition;
  plan.info.hash = protocol::image::cpd_hash(plan.form, all.first(plan.manifest_at),
                                             all.subspan(plan.manifest_at + plan.manifest_size));
  ByteWriter out(partition.subspan(plan.manifest_at, plan.manifest_size));
  encode(out, CpdManifest{.form = plan.form,
                          .date = recipe.date,
                          .size_dwords = plan.manifest_size / 4,
                          .version = recipe.version,
                          .security_version = recipe.security_version});
  encode(out, plan.info);
  if (!plan.says_system) return;
  encode(out, protocol::image::ClientSystemInfo{.capabilities = recipe.capabilities,
                                                .attributes = recipe.sku});
}

}  // namespace

base::Result<Bytes> build_cpd_partition(const PartitionRecipe& recipe, ManifestForm form) {
  if (recipe.size < kSmallestCpdPartition) {
    return base::Error{base::Errc::invalid, "building a partition: it must have 4 KiB or more"};
  }
  CpdPlan plan = plan_of(recipe, form);
  Bytes bytes(recipe.size);
  const base::MutableByteView all(bytes);
  fill(all.subspan(plan.manifest_at + plan.manifest_size), seed_of(recipe));
  ByteWriter head(all);
  protocol::image::encode(head, plan.directory);
  put_metadata(all, plan);
  put_manifest(all, plan, recipe);
  const auto signed_part = all.subspan(plan.manifest_at, plan.manifest_size);
  if (const auto done = protocol::image::sign_cpd(signed_part, recipe.private_key_pem); !done)
    return done.error();
  return bytes;
}

}  // namespace emulator::factory
