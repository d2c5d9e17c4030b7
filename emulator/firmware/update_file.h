// SPDX-License-Identifier: BSD-3-Clause
// What an update of ME 6 and later brings: the partitions FTPR and NFTP, and perhaps one that can
// be updated by itself. To CSME 11 behind a $FPT; from CSME 12 on one behind the other and nothing
// else, and the first extension of each says where it ends.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "emulator/firmware/code_check.h"
#include "protocol/generation.h"
#include "protocol/mei/fwu_status.h"

namespace emulator::firmware {

struct FilePart {
  std::string name;
  std::uint32_t offset = 0;  ///< bytes from the start of the file
  std::uint32_t size = 0;    ///< bytes
  CheckedCode code;
};

struct UpdateFile {
  protocol::fwu::Status fault = protocol::fwu::Status::ok;  ///< why none of it may be used
  std::vector<FilePart> parts;

  /// Null where there is none.
  const FilePart* find(std::string_view name) const;
};

/// Checks every partition of the file. `key_md5`: of the key that is taken; `generation`: of the
/// firmware that takes it.
UpdateFile read_update_file(base::ByteView file, std::string_view key_md5,
                            const protocol::Generation& generation);

}  // namespace emulator::firmware
