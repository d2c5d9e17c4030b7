// SPDX-License-Identifier: BSD-3-Clause
#include "updater/update/refusal.h"

namespace updater::update {

const char* name(Asked asked) {
  switch (asked) {
    case Asked::file:
      return "file";
    case Asked::me:
      return "ME";
    case Asked::tpm:
      return "TPM";
    case Asked::each:
      return "ME, TPM";
    case Asked::pair:
      return "ME with TPM";
  }
  return "";
}

std::vector<const Target*> asked_by(const RefusalRow& row, const Targets& targets) {
  switch (row.asked) {
    case Asked::file:
      return {};
    case Asked::me:
      return {&targets.me};
    case Asked::tpm:
      return targets.tpm ? std::vector<const Target*>{&*targets.tpm} : std::vector<const Target*>();
    case Asked::each:
    case Asked::pair:
      return targets.all();
  }
  return {};
}

}  // namespace updater::update
