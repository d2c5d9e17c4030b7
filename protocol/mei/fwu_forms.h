// SPDX-License-Identifier: BSD-3-Clause
// The forms that the messages of the update client have in one generation or another
// (FwuHeciMsgs.h, illumos FWULCommand.h, public update programs for ME 9 and CSME 15).
#pragma once

#include <cstdint>

namespace protocol::fwu {

/// Of GET_VERSION's reply.
enum class VersionForm : std::uint8_t {
  bytes_47,   ///< one-byte type, a recovery version in place of AMT's; and no GET_INFO
  bytes_52,   ///< 32-bit type, the versions of the code and of AMT
  bytes_56,   ///< without the MCH's version; SVN, data format and last reset type behind it
  from_mkhi,  ///< there is none: the version comes from MKHI GEN/GET_FW_VERSION
};
/// Bytes of the reply; 0: there is none.
constexpr std::uint32_t size_of(VersionForm form) {
  switch (form) {
    case VersionForm::bytes_47:
      return 47;
    case VersionForm::bytes_52:
      return 52;
    case VersionForm::bytes_56:
      return 56;
    case VersionForm::from_mkhi:
      break;
  }
  return 0;
}

/// Of START.
enum class StartForm : std::uint8_t {
  a,  ///< 86 bytes: the kind of update is byte 8
  b,  ///< 90 bytes: the kind of update is byte 12
};
constexpr std::uint32_t size_of(StartForm form) {
  return form == StartForm::a ? 86 : 90;
}

/// What the numbers in the status fields are.
enum class StatusNumbers : std::uint8_t {
  tool_errors,  ///< those of the FWUpdLcl family
  own,          ///< the firmware's own (protocol/mei/fwu_status.h)
};

/// Of MKHI FWUPDATE/GET_UPDATE_STATUS.
enum class ProgressForm : std::uint8_t {
  bytes_8,   ///< header and status
  bytes_28,  ///< percent, stage, stages, status, reset type, flags
};

/// Of DATA: the header has 11 bytes, and n of the image follow.
enum class DataForm : std::uint8_t {
  exact,   ///< 11 + n bytes
  padded,  ///< 12 + n bytes
};
constexpr std::uint32_t overhead_of(DataForm form) {
  return form == DataForm::exact ? 11 : 12;
}

/// Of END: a bare type, answered in 28 bytes.
enum class EndForm : std::uint8_t {
  awaited,      ///< the update is over when the reply says so
  not_awaited,  ///< the tool asks MKHI FWUPDATE/GET_UPDATE_STATUS instead
};
inline constexpr std::uint32_t kEndReplySize = 28;

/// Of what START announces and DATA carries.
enum class FileForm : std::uint8_t {
  code,        ///< the operational code, which begins with its manifest
  table,       ///< $FPT, and behind it FTPR, NFTP and perhaps more: the file as it is
  partitions,  ///< the same partitions one behind the other, and no table
};

}  // namespace protocol::fwu
