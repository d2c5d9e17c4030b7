// SPDX-License-Identifier: BSD-3-Clause
// Files that people write: logs, profiles and stories. What is wrong with one is said in words, and
// a profile's or a story's words name the file.
#include <string_view>

#include "emulator/machine/profile.h"
#include "scenarios/engine/loader.h"
#include "scenarios/field/reading/read_report.h"
#include "tests/fuzz/targets.h"
#include "tests/temporary_folder.h"

namespace fuzz {
namespace {

std::string_view text_of(base::ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

const tests::TemporaryFolder& folder() {
  static const tests::TemporaryFolder one;
  return one;
}

}  // namespace

void field_log(base::ByteView bytes) {
  scenarios::field::FieldReport report;
  scenarios::field::read_text(text_of(bytes), "log", report);
}

void profile(base::ByteView bytes) {
  const std::string path = folder().write("board.toml", bytes);
  const auto loaded = emulator::machine::load_profile(path);
  promise(loaded.has_value() || !loaded.error().doing.empty(), "what is wrong is said");
}

void story(base::ByteView bytes) {
  const std::string path = folder().write("story.toml", bytes);
  const auto loaded = scenarios::engine::load_scenarios(path, "story");
  promise(loaded.has_value() || !loaded.error().doing.empty(), "what is wrong is said");
  promise(!loaded || !loaded->empty(), "a file that makes sense is at least one story");
}

}  // namespace fuzz
