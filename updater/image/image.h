// SPDX-License-Identifier: BSD-3-Clause
// An ME firmware image as a file: update image (starts with its manifest), ME region ($FPT) or
// whole flash (descriptor). Parsing says what is there; verifying says whether it is sound.
// Formats: docs/formats.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/promise.h"
#include "base/result.h"
#include "protocol/firmware_version.h"
#include "protocol/image/flash_descriptor.h"
#include "protocol/image/manifest.h"
#include "protocol/image/manifest_form.h"
#include "protocol/image/mn2.h"
#include "protocol/image/partition_table.h"
#include "protocol/update/tool_errors.h"

namespace updater::image {

enum class Kind : std::uint8_t { update, region, flash };
const char* name(Kind kind);

struct Module {
  protocol::image::ModuleEntry entry;
  std::size_t offset = 0;      ///< of its first stored byte, from the start of the code
  bool compressed = false;     ///< LZMA behind a $MOD header
  std::uint32_t raw_size = 0;  ///< bytes once expanded
};

/// One thing wrong with an image. `offset` is in bytes from the start of the file; `field` is the
/// format's own name.
struct Defect {
  std::size_t offset = 0;
  std::string field;
  std::string what;  ///< "is 0x0300, must be 0x8086"
  protocol::update::ToolError tool_error = protocol::update::ToolError::invalid_image;
};
/// "offset 0x1C: manifest tag is "$MAM", must be "$MAN""
std::string to_text(const Defect& defect);

/// A partition of an update file of ME 6 to 10, or of CSME 15, whose modules are not listed and
/// whose manifest has the numbers alone.
struct FilePartition {
  std::string name;
  std::size_t offset = 0;  ///< bytes from the start of the file
  std::size_t size = 0;    ///< bytes
  protocol::image::Manifest manifest;
  std::vector<protocol::image::Mn2Module> modules;
};

enum class SigningKey : std::uint8_t { intel_me4, intel_me5, intel_me7, development, unknown };
const char* name(SigningKey key);

struct Image {
  Kind kind = Kind::update;
  base::Bytes file;             ///< the whole file
  std::size_t code_offset = 0;  ///< where the operational code's manifest starts in the file
  std::size_t code_size = 0;  ///< bytes of manifest, modules and trailers: what an update transfers

  protocol::image::Manifest manifest;
  std::uint32_t sku = 0;  ///< $SKU attributes
  std::vector<Module> modules;
  protocol::image::ManifestForm form = protocol::image::ManifestForm::man;
  /// Of an update file of ME 6 to 10 and of CSME 15, whose `manifest` is FTPR's; others have none.
  std::vector<FilePartition> file_partitions;
  std::optional<protocol::image::PartitionTable> partitions;  ///< region and flash only
  std::size_t region_offset = 0;  ///< where the ME region starts in the file
  std::optional<protocol::image::FlashDescriptor> descriptor;  ///< flash only
  std::string key_md5;
  SigningKey key = SigningKey::unknown;

  base::ByteView code() const {
    MEBENCH_PROMISE(code_offset <= file.size() && code_size <= file.size() - code_offset,
                    "an image's code lies inside its file");
    return base::ByteView(file).subspan(code_offset, code_size);
  }
  const protocol::FirmwareVersion& version() const { return manifest.version; }
};

/// Either an image whose structure holds, or the first defect that makes it unreadable. Reads
/// hashes and signature of nothing.
struct ParseOutcome {
  std::optional<Image> image;
  std::optional<Defect> defect;
};
/// Which code of a region or flash the image is about; an update image holds one code only.
enum class Code : std::uint8_t { operational, recovery };
ParseOutcome parse(base::Bytes file, Code code = Code::operational);

/// Everything wrong with a parsed image: module hashes, LZMA streams, RSA signature, flags. Empty:
/// it is sound.
std::vector<Defect> verify(const Image& image);

/// What is wrong with the rest of a region or flash, which no update transfers: the code of other
/// partitions, the recovery code's above all, and partitions that lie on the operational code.
std::vector<Defect> verify_rest(const Image& image);

}  // namespace updater::image
