// SPDX-License-Identifier: BSD-3-Clause
// What verdicts are called in reports (docs/schema/reproduce.schema.json).
#include "scenarios/field/replay/comparison.h"

namespace scenarios::field {

const char* name(LineVerdict verdict) {
  switch (verdict) {
    case LineVerdict::equal:
      return "equal";
    case LineVerdict::masked:
      return "masked";
    case LineVerdict::observed:
      return "observed";
    case LineVerdict::elsewhere:
      return "elsewhere";
    case LineVerdict::cut:
      return "cut";
    case LineVerdict::reworded:
      return "reworded";
    case LineVerdict::unproven:
      return "unproven";
    case LineVerdict::differs:
      return "differs";
    case LineVerdict::missing:
      return "missing";
    case LineVerdict::theirs:
      return "theirs";
    case LineVerdict::added:
      return "added";
    case LineVerdict::unread:
      return "unread";
  }
  return "unknown";
}

const char* name(LogVerdict verdict) {
  switch (verdict) {
    case LogVerdict::reproduced:
      return "reproduced";
    case LogVerdict::prefix:
      return "prefix";
    case LogVerdict::differs:
      return "differs";
    case LogVerdict::not_understood:
      return "not_understood";
    case LogVerdict::empty:
      return "empty";
  }
  return "unknown";
}

const char* name(LogStatus status) {
  switch (status) {
    case LogStatus::reproduced:
      return "reproduced";
    case LogStatus::reproduced_but:
      return "reproduced_but";
    case LogStatus::differs:
      return "differs";
    case LogStatus::not_understood:
      return "not_understood";
  }
  return "unknown";
}

}  // namespace scenarios::field
