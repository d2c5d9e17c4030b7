// SPDX-License-Identifier: BSD-3-Clause
#include "updater/update/target.h"

namespace updater::update {

const char* name(Role role) {
  return role == Role::tpm ? "tpm" : "me";
}

const char* name(Place place) {
  switch (place) {
    case Place::elsewhere:
      return "elsewhere";
    case Place::in_sim:
      return "in-sim";
    case Place::served:
      return "served";
    case Place::this_system:
      return "this-system";
  }
  return "elsewhere";
}

const char* name(OneBoard known) {
  switch (known) {
    case OneBoard::not_known:
      return "not-known";
    case OneBoard::one_sim:
      return "one-sim";
    case OneBoard::one_served:
      return "one-served";
    case OneBoard::one_system:
      return "one-system";
  }
  return "not-known";
}

std::string to_text(const Target& target) {
  return (target.role == Role::tpm ? "the TPM " : "the Management Engine ") + target.name;
}

bool may_be_real(const Target& target) {
  return target.nature != Nature::simulated;
}

std::vector<const Target*> Targets::all() const {
  if (!tpm) return {&me};
  return {&*tpm, &me};
}

OneBoard one_board(const Target& me, const Target& tpm) {
  if (me.place != tpm.place) return OneBoard::not_known;
  switch (me.place) {
    case Place::elsewhere:
      return OneBoard::not_known;
    case Place::in_sim:
      return OneBoard::one_sim;
    case Place::served:
      return me.board && me.board == tpm.board ? OneBoard::one_served : OneBoard::not_known;
    case Place::this_system:
      return OneBoard::one_system;
  }
  return OneBoard::not_known;
}

OneBoard one_board(const Targets& targets) {
  return targets.tpm ? one_board(targets.me, *targets.tpm) : OneBoard::not_known;
}

}  // namespace updater::update
