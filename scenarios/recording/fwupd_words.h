// SPDX-License-Identifier: BSD-3-Clause
// Words of fwupd's recordings, each once: read and written.
#pragma once

#include <string_view>

namespace scenarios::recording {

inline constexpr const char* kDevices = "UsbDevices";
inline constexpr const char* kEvents = "Events";
inline constexpr const char* kId = "Id";
inline constexpr const char* kData = "Data";
inline constexpr const char* kDataOut = "DataOut";

// What an event's id begins with.
/// IOCTL_MEI_CONNECT_CLIENT of Linux' mei.h; its 16 bytes follow in base 64.
inline constexpr std::string_view kConnect = "Ioctl:Request=0xc0104801,Data=";
inline constexpr std::string_view kWrite = "Write:Data=";
inline constexpr std::string_view kRead = "Read:Length=";
inline constexpr std::string_view kReadConfig = "Pread:Port=";
inline constexpr std::string_view kReadAttribute = "ReadAttr:Attr=";
inline constexpr std::string_view kListAttributes = "ListAttr";

}  // namespace scenarios::recording
