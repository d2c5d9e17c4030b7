// SPDX-License-Identifier: BSD-3-Clause
// Saved state: one visible list of members a chip, walked in the same order to save and to load.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"

namespace emulator::sim {

/// A chip's `void serialize(Archive&)` names each of its members once; the archive knows
/// the direction.
class Archive {
 public:
  static Archive saving() { return Archive(); }
  static Archive loading(base::ByteView saved) { return Archive(saved); }

  bool is_loading() const { return loading_; }

  /// Opens a named section. Loading from anything else fails with that name.
  void section(std::string_view name);

  void value(bool& v);
  void value(std::uint8_t& v);
  void value(std::uint16_t& v);
  void value(std::uint32_t& v);
  void value(std::uint64_t& v);
  void value(std::int64_t& v);
  void value(base::TimePoint& v);
  void value(std::string& v);
  void value(base::Bytes& v);
  void value(base::MutableByteView fixed);  ///< exactly as many bytes as the view holds

  template <class Enum>
  requires std::is_enum_v<Enum>
  void value(Enum& v) {
    auto number = static_cast<std::uint64_t>(v);
    value(number);
    v = static_cast<Enum>(number);
  }

  /// Remembers that what was loaded makes no sense; the first reason given is kept.
  void fail(std::string why);

  /// Whether loading has already gone wrong: leave a loop whose count cannot be trusted.
  bool failed() const { return !failure_.empty() || !in_.ok(); }

  const base::Bytes& saved() const { return out_; }
  /// After loading: whether everything was there, made sense, and nothing was left over.
  base::Result<void> finish() const;

 private:
  Archive() = default;
  explicit Archive(base::ByteView saved) : in_(saved), loading_(true) {}

  base::Bytes out_;
  base::ByteReader in_{base::ByteView{}};
  bool loading_ = false;
  std::string failure_;
};

}  // namespace emulator::sim
