// SPDX-License-Identifier: BSD-3-Clause
// How well a fact of the outside world is known. A table that states facts says it beside each one.
#pragma once

#include <cstdint>

namespace protocol {

enum class Known : std::uint8_t {
  documented,  ///< a public document or public source says so
  field,       ///< seen on a real machine, in a public post or recording
  one_source,  ///< one public source that nothing confirms
  inferred,    ///< by analogy with another generation
  chosen,      ///< nothing public: this project's choice (docs/fidelity.md)
};

/// "documented", "seen in the field", "one source", "inferred", "chosen"
constexpr const char* words(Known known) {
  switch (known) {
    case Known::documented:
      return "documented";
    case Known::field:
      return "seen in the field";
    case Known::one_source:
      return "one source";
    case Known::inferred:
      return "inferred";
    case Known::chosen:
      break;
  }
  return "chosen";
}

/// A fact and how it is known.
template <class T>
struct Stated {
  T value{};
  Known known = Known::chosen;
};

}  // namespace protocol
