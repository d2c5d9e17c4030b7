// SPDX-License-Identifier: BSD-3-Clause
// The public face's errors and results, and those of the rooms behind it: one into the other.
#pragma once

#include <mebench/firmware_version.h>
#include <mebench/result.h>

#include <utility>

#include "base/result.h"
#include "protocol/firmware_version.h"

namespace face {

/// Both lists have the same kinds in the same order: the last one tells.
static_assert(static_cast<int>(mebench::Errc::interrupted) ==
              static_cast<int>(base::Errc::interrupted));
static_assert(static_cast<int>(mebench::Errc::refused) == static_cast<int>(base::Errc::refused));

inline mebench::Error shown(const base::Error& error) {
  return {static_cast<mebench::Errc>(error.code), error.doing, error.status};
}

inline base::Error taken(const mebench::Error& error) {
  return {static_cast<base::Errc>(error.code), error.what, error.status};
}

template <class T>
mebench::Result<T> shown(base::Result<T> result) {
  if (!result) return shown(result.error());
  return std::move(result).value();
}

inline mebench::Result<void> shown(const base::Result<void>& result) {
  if (!result) return shown(result.error());
  return {};
}

template <class T>
base::Result<T> taken(mebench::Result<T> result) {
  if (!result) return taken(result.error());
  return *std::move(result);
}

inline base::Result<void> taken(const mebench::Result<void>& result) {
  if (!result) return taken(result.error());
  return {};
}

inline mebench::FirmwareVersion shown(const protocol::FirmwareVersion& version) {
  return {version.major, version.minor, version.hotfix, version.build};
}

inline protocol::FirmwareVersion taken(const mebench::FirmwareVersion& version) {
  return {version.major, version.minor, version.hotfix, version.build};
}

}  // namespace face
