// SPDX-License-Identifier: BSD-3-Clause
// Whether bytes are code that this ME may run: header, signature, key and module hashes. The ROM
// asks it of a partition at boot, the update session of a staged image.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/bytes.h"
#include "protocol/image/manifest.h"
#include "protocol/image/manifest_form.h"

namespace emulator::firmware {

enum class CodeFault : std::uint8_t {
  none,
  header,     ///< a field of the manifest, its module table or its trailers makes no sense
  signature,  ///< does not verify with the key in the manifest
  key,        ///< verifies, but with a key the ROM does not take
  module,     ///< a module is cut short or its hash differs
};
const char* name(CodeFault fault);

struct CheckedCode {
  CodeFault fault = CodeFault::header;
  protocol::image::Manifest manifest;  ///< good unless fault is header
  std::uint32_t sku = 0;               ///< $SKU attributes
  std::uint32_t size = 0;              ///< bytes of manifest, tables and modules
};

/// `bytes` begins with the manifest and may be longer than the code. `key_md5`: 32 hexadecimal
/// digits of the key taken.
CheckedCode check_code(base::ByteView bytes, std::string_view key_md5);
/// The same of a partition of ME 6 to 10, which begins with an $MN2 manifest: `sku` is the low half
/// of its attributes. Modules must be stored as they are.
CheckedCode check_mn2(base::ByteView bytes, std::string_view key_md5);
/// The same of a partition of CSME 11 and later, which begins with $CPD; `form`: that of its
/// manifest. Of that the version, SVN, VCN and the partition's name are filled in; `size` is the
/// whole partition's.
CheckedCode check_cpd(base::ByteView bytes, std::string_view key_md5,
                      protocol::image::ManifestForm form);
/// Whichever of the three firmware with such manifests has.
CheckedCode check_partition(base::ByteView bytes, std::string_view key_md5,
                            protocol::image::ManifestForm form);

}  // namespace emulator::firmware
