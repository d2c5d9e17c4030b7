// SPDX-License-Identifier: BSD-3-Clause
#include "updater/update/rehearsal.h"

namespace updater::update {

const char* name(RehearsalEnd end) {
  switch (end) {
    case RehearsalEnd::updated:
      return "updated";
    case RehearsalEnd::refused:
      return "refused";
    case RehearsalEnd::failed:
      return "failed";
    case RehearsalEnd::not_possible:
      return "not-possible";
  }
  return "not-possible";
}

bool allows_writing(const Rehearsal& rehearsal) {
  return rehearsal.end == RehearsalEnd::updated || rehearsal.end == RehearsalEnd::not_possible;
}

}  // namespace updater::update
