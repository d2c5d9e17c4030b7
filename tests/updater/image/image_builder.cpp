// SPDX-License-Identifier: BSD-3-Clause
#include "tests/updater/image/image_builder.h"

#include <gtest/gtest.h>
#include <lzma.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <algorithm>

#include "protocol/image/signature.h"

namespace test {
namespace {

using protocol::image::Manifest;
using protocol::image::ModuleEntry;
using protocol::image::ModuleHeader;
using protocol::image::SkuTrailer;

constexpr std::uint32_t kRegionSize = 0x8000;
constexpr std::uint32_t kCodeInRegion = 0x4000;

base::Bytes build_module(const ModuleRecipe& recipe) {
  const bool lzma = recipe.form == ModuleRecipe::Form::lzma;
  const base::Bytes stored = lzma ? lzma_module(recipe.content) : recipe.content;
  base::Bytes out(ModuleHeader::size + stored.size());
  base::ByteWriter writer(out);
  encode(writer, ModuleHeader{.compressed_size = static_cast<std::uint32_t>(stored.size()),
                              .raw_size = static_cast<std::uint32_t>(recipe.content.size()),
                              .name = recipe.name});
  writer.bytes(stored);
  return out;
}

std::string make_key() {
  EVP_PKEY* key = EVP_RSA_gen(2048);
  BIO* out = BIO_new(BIO_s_mem());
  EXPECT_EQ(PEM_write_bio_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr), 1);
  char* text = nullptr;
  const long size = BIO_get_mem_data(out, &text);
  std::string pem(text, static_cast<std::size_t>(size));
  BIO_free(out);
  EVP_PKEY_free(key);
  return pem;
}

}  // namespace

const std::string& test_key() {
  static const std::string pem = make_key();
  return pem;
}

base::Bytes lzma_module(base::ByteView bytes) {
  lzma_options_lzma options;
  lzma_lzma_preset(&options, 6);
  options.dict_size = 8u << 20;  // 00 00 80 00
  lzma_stream stream = LZMA_STREAM_INIT;
  EXPECT_EQ(lzma_alone_encoder(&stream, &options), LZMA_OK);
  base::Bytes out(bytes.size() * 2 + 100);
  stream.next_in = bytes.data();
  stream.avail_in = bytes.size();
  stream.next_out = out.data();
  stream.avail_out = out.size();
  EXPECT_EQ(lzma_code(&stream, LZMA_FINISH), LZMA_STREAM_END);
  out.resize(stream.total_out);
  lzma_end(&stream);
  out.erase(out.begin() + 5,
            out.begin() + 13);  // the size of a .lzma file, which modules do not have
  return out;
}

base::Bytes lzma_module_without_marker(base::ByteView bytes) {
  lzma_options_lzma options;
  lzma_lzma_preset(&options, 6);
  options.dict_size = 8u << 20;
  options.ext_flags = 0;  // no end marker
  lzma_set_ext_size(options, bytes.size());
  const lzma_filter filters[] = {{LZMA_FILTER_LZMA1EXT, &options}, {LZMA_VLI_UNKNOWN, nullptr}};
  base::Bytes out(bytes.size() * 2 + 100);
  std::size_t used = 5;
  EXPECT_EQ(lzma_raw_buffer_encode(filters, nullptr, bytes.data(), bytes.size(), out.data(), &used,
                                   out.size()),
            LZMA_OK);
  base::ByteWriter(out).u8(0x5D).u32(8u << 20);
  out.resize(used);
  return out;
}

CodeRecipe small_recipe() {
  base::Bytes kernel(600);
  for (std::size_t i = 0; i < kernel.size(); ++i) kernel[i] = static_cast<std::uint8_t>(i / 40);
  base::Bytes bulk(120);
  for (std::size_t i = 0; i < bulk.size(); ++i) bulk[i] = static_cast<std::uint8_t>(i * 31 + 7);
  CodeRecipe recipe;
  recipe.modules = {{"KERNEL", kernel, ModuleRecipe::Form::lzma}, {"BULK", bulk}};
  return recipe;
}

base::Bytes trailer(std::string_view tag, const std::vector<std::uint32_t>& data) {
  base::Bytes out(8 + data.size() * 4);
  base::ByteWriter writer(out);
  writer.text(tag, 4).u32(static_cast<std::uint32_t>(out.size() / 4));
  for (const std::uint32_t word : data) writer.u32(word);
  return out;
}

base::Bytes build_code(const CodeRecipe& recipe) {
  std::vector<base::Bytes> modules;
  for (const ModuleRecipe& m : recipe.modules) modules.push_back(build_module(m));
  const std::size_t signed_size = Manifest::size + modules.size() * ModuleEntry::size +
                                  SkuTrailer::size + recipe.trailers_before_sku.size() +
                                  recipe.trailers_after_sku.size();
  base::Bytes out(signed_size);
  base::ByteWriter writer(out);
  encode(writer, Manifest{.flags = recipe.flags,
                          .date = 0x20100315,
                          .size_dwords = static_cast<std::uint32_t>(signed_size / 4),
                          .module_count = static_cast<std::uint32_t>(modules.size()),
                          .version = recipe.version,
                          .partition_name = "CODE"});
  for (std::size_t i = 0; i < modules.size(); ++i) {
    encode(writer, ModuleEntry{.version = recipe.version,
                               .name = recipe.modules[i].name,
                               .sha1 = protocol::image::sha1(modules[i]),
                               .stored_size = static_cast<std::uint32_t>(modules[i].size()),
                               .flags = recipe.modules[i].flags});
  }
  writer.bytes(recipe.trailers_before_sku);
  encode(writer, SkuTrailer{.attributes = recipe.sku});
  writer.bytes(recipe.trailers_after_sku);
  EXPECT_TRUE(writer.ok());
  EXPECT_TRUE(protocol::image::sign(out, test_key()));
  for (const base::Bytes& m : modules) out.insert(out.end(), m.begin(), m.end());
  return out;
}

base::Bytes signed_again(base::Bytes image) {
  const auto manifest = protocol::image::decode_manifest(image);
  const std::size_t size = std::size_t{manifest->size_dwords} * 4;
  EXPECT_TRUE(protocol::image::sign(base::MutableByteView(image).first(size), test_key()));
  return image;
}

base::Bytes build_region(const base::Bytes& code, RomBypass bypass) {
  base::Bytes out(kRegionSize, 0xFF);
  base::ByteWriter table(out);
  protocol::image::PartitionTable fpt;
  fpt.partitions = {{.name = "EFFS",
                     .owner = "ME",
                     .offset = 0x1000,
                     .size = 0x1000,
                     .type = protocol::image::PartitionType::effs},
                    {.name = "CODE", .owner = "ME", .offset = kCodeInRegion, .size = 0x4000}};
  encode(table, fpt);
  if (bypass == RomBypass::absent) {
    constexpr std::ptrdiff_t vectors = 0x10;
    std::copy(out.begin() + vectors, out.begin() + kCodeInRegion, out.begin());
    out[0x0A] = 0x20;                                         // the header's own length
    out[0x0B] = static_cast<std::uint8_t>(out[0x0B] + 0x10);  // and its checksum
  }
  std::copy(code.begin(), code.end(), out.begin() + kCodeInRegion);
  return out;
}

base::Bytes build_flash(const base::Bytes& code) {
  base::Bytes out(0x10000, 0xFF);
  base::ByteWriter writer(out);
  protocol::image::FlashDescriptor d;
  d.regions[0] = {.base = 0, .size = 0x1000};
  d.regions[2] = {.base = 0x8000, .size = kRegionSize};
  encode(writer, d);
  const base::Bytes region = build_region(code, RomBypass::present);
  std::copy(region.begin(), region.end(), out.begin() + 0x8000);
  return out;
}

}  // namespace test
