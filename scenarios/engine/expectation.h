// SPDX-License-Identifier: BSD-3-Clause
// What a step must have shown once it is over.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "config/toml_tree.h"

namespace scenarios::engine {

/// Lines that a text must equal, written in the story or cut out of a file.
struct ExpectedLines {
  std::vector<std::string> lines;
  std::string source;  ///< "fwupdlcl-win81.txt lines 4-21", for messages
};

/// What a program printed, line by line.
struct TextExpectation {
  std::optional<ExpectedLines> equals;
  std::vector<std::string> contains;  ///< each is part of some line
  std::vector<std::string> lacks;     ///< none is part of any line
  std::vector<std::string> matches;   ///< each regular expression (ECMAScript) finds some line
};

/// A fact of the device (facts.h lists them) and the value it must have.
struct FactExpectation {
  std::string name;
  std::string low;                  ///< the value as text
  std::optional<std::string> high;  ///< numbers only: anything from low to high will do
  config::Place place;
};

/// Virtual time a step must take: both ends belong to it.
struct DurationRange {
  base::Duration low{};
  base::Duration high{};
};

struct Expectation {
  std::optional<std::int64_t> exit;
  TextExpectation out;
  TextExpectation err;
  std::vector<FactExpectation> device;   ///< at the end of the step
  std::vector<FactExpectation> reached;  ///< fault points passed during the step: "flash_erase" = 0
  std::vector<FactExpectation> counted;  ///< bad input counted during the step
  std::optional<bool> flash_changed;     ///< compared with the beginning of the step
  std::optional<DurationRange> took;
  config::Place place;
};

}  // namespace scenarios::engine
